using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Ingest;

/// <summary>Reads a message by the leaf of its topic. Nothing is thrown for what a node sends: it is refused with the reason.</summary>
internal static class MessageReader
{
    public static Intake Read(string topic, ReadOnlySpan<byte> payload, long receivedAtMs)
    {
        if (!Topics.TryParse(topic, out NodeTopic node, out string? reason))
        {
            return new RefusedIntake(topic, payload, receivedAtMs, reason, null);
        }

        return node.Leaf switch
        {
            Topics.Report => ReadReport(topic, payload, receivedAtMs, node),
            Topics.Event => ReadEvent(topic, payload, receivedAtMs, node),
            Topics.State => ReadState(topic, payload, receivedAtMs, node),
            Topics.ConfigState or Topics.CommandResult => ReadControl(topic, payload, receivedAtMs, node),
            _ => new RefusedIntake(topic, payload, receivedAtMs, "topic: no leaf that a collector reads", null),
        };
    }

    private static Intake ReadReport(string topic, ReadOnlySpan<byte> payload, long receivedAtMs, NodeTopic node)
    {
        ReportReading reading = PayloadReader.ReadReport(payload);
        if (reading is { IsSound: true, Message: { } report })
        {
            return new ReportIntake(topic, payload.ToArray(), receivedAtMs, node, report, reading.Rows);
        }

        RefusedKey? key = reading is { KeyIsSound: true, Message: { } known } ? new RefusedKey(node, known) : null;
        return new RefusedIntake(topic, payload, receivedAtMs, reading.Reason, key);
    }

    private static Intake ReadEvent(string topic, ReadOnlySpan<byte> payload, long receivedAtMs, NodeTopic node)
    {
        Reading<Event> reading = PayloadReader.ReadEvent(payload);
        return reading is { IsSound: true, Message: { } e }
            ? new EventIntake(topic, payload.ToArray(), receivedAtMs, node, e)
            : new RefusedIntake(topic, payload, receivedAtMs, reading.Reason, null);
    }

    private static Intake ReadState(string topic, ReadOnlySpan<byte> payload, long receivedAtMs, NodeTopic node)
    {
        Reading<State> reading = PayloadReader.ReadState(payload);
        return reading is { IsSound: true, Message: { } state }
            ? new StateIntake(topic, payload.ToArray(), receivedAtMs, node, state)
            : new RefusedIntake(topic, payload, receivedAtMs, reading.Reason, null);
    }

    private static Intake ReadControl(string topic, ReadOnlySpan<byte> payload, long receivedAtMs, NodeTopic node)
    {
        if (payload.Length > ControlAnswer.MaxBytes)
        {
            return new RefusedIntake(topic, payload, receivedAtMs, $"{payload.Length} bytes, at most {ControlAnswer.MaxBytes} are taken", null);
        }

        byte[] kept = payload.ToArray();
        if (!ControlAnswer.TryRead(kept, out ControlAnswer? answer, out string? problem))
        {
            return new RefusedIntake(topic, payload, receivedAtMs, problem, null);
        }

        bool isOfTopic = (node.Leaf == Topics.CommandResult) == (answer.Id != null);
        return isOfTopic
            ? new ControlIntake(topic, kept, receivedAtMs, node, answer)
            : new RefusedIntake(topic, payload, receivedAtMs, "id: only a command has one", null);
    }
}
