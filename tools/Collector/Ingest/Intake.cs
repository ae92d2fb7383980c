using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Ingest;

/// <summary>A message that was read, on its way to the writer.</summary>
/// <param name="ReceivedAtMs">Unix milliseconds of the collector's clock.</param>
internal abstract record Intake(string Topic, byte[] Payload, long ReceivedAtMs)
{
    /// <summary>Its length as received.</summary>
    public virtual int PayloadBytes => Payload.Length;
}

/// <summary>A report to store.</summary>
internal sealed record ReportIntake(string Topic, byte[] Payload, long ReceivedAtMs, NodeTopic Node, Report Report, IReadOnlyList<HeardRow> Rows)
    : Intake(Topic, Payload, ReceivedAtMs);

/// <summary>An event to store.</summary>
internal sealed record EventIntake(string Topic, byte[] Payload, long ReceivedAtMs, NodeTopic Node, Event Event) : Intake(Topic, Payload, ReceivedAtMs);

/// <summary>A birth or a will.</summary>
internal sealed record StateIntake(string Topic, byte[] Payload, long ReceivedAtMs, NodeTopic Node, State State) : Intake(Topic, Payload, ReceivedAtMs);

/// <summary>What a node answered to a configuration or a command.</summary>
internal sealed record ControlIntake(string Topic, byte[] Payload, long ReceivedAtMs, NodeTopic Node, ControlAnswer Answer)
    : Intake(Topic, Payload, ReceivedAtMs);

/// <summary>A payload to keep aside: of a long one, as of a long topic, the beginning, so that what waits is bounded in bytes too.</summary>
/// <param name="FullBytes">Length of the payload as received.</param>
/// <param name="Key">The report's node and key when those hold although the rest does not; null when nothing can be told.</param>
internal sealed record RefusedIntake(string Topic, byte[] Payload, int FullBytes, long ReceivedAtMs, string Reason, RefusedKey? Key)
    : Intake(Topic, Payload, ReceivedAtMs)
{
    public override int PayloadBytes => FullBytes;

    public RefusedIntake(string topic, ReadOnlySpan<byte> payload, long receivedAtMs, string reason, RefusedKey? key)
        : this(RejectedPayload.Clip(topic), RejectedPayload.Clip(payload).ToArray(), payload.Length, receivedAtMs, RejectedPayload.Clip(reason), key)
    {
    }
}

/// <summary>Which report it was that was refused.</summary>
internal sealed record RefusedKey(NodeTopic Node, Report Report);
