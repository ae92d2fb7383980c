namespace GatewayAgent.Doctor.Checks;

/// <summary>The node is at the broker under the name it was asked for.</summary>
internal sealed class TopicCheck() : Check("topic")
{
    public override Verdict Judge(Evidence evidence)
    {
        if (evidence.Home == null)
        {
            return Verdict.Unknown("no node was named");
        }

        if (evidence.Talk is not { } talk)
        {
            return Verdict.Unknown("the broker was not reached");
        }

        if (talk.StateProblem != null)
        {
            return Verdict.Wrong($"what the broker keeps as the state of {evidence.Name} is none", talk.StateProblem, "see what writes to that topic; the agent's state is a protobuf of agent.proto");
        }

        return talk.State == null ? Missing(evidence, talk) : Moved(evidence, talk) ?? Verdict.Fine($"the broker keeps a state of {evidence.Name}");
    }

    // An id is one node's, whatever its home: its old branch keeps the will of then.
    private static Verdict? Moved(Evidence evidence, Probes.NodeTalk talk) =>
        evidence.IsOnline || talk.Neighbours.FirstOrDefault(one => one.IsOnline && one.Name.Split('/')[1] == evidence.Node).Name is not { } now ? null : Verdict.Wrong(
            $"the node is at the broker as {now} (online), not as {evidence.Name}",
            $"the broker keeps a birth of gw/v1/{now}, and of gw/v1/{evidence.Name} an old will",
            "correct home in its agent.json, or ask for it by the name it has and clear what the old branch keeps");

    private static Verdict Missing(Evidence evidence, Probes.NodeTalk talk)
    {
        string known = $"the broker keeps no state of gw/v1/{evidence.Name}";
        (string Name, bool IsOnline)[] meant = [.. talk.Neighbours.Where(one => IsMeant(evidence, one.Name)).OrderByDescending(one => one.IsOnline)];
        return meant.Length > 0
            ? Verdict.Wrong(
                $"the node is at the broker as {meant[0].Name} ({(meant[0].IsOnline ? "online" : "offline")}), not as {evidence.Name}",
                $"{known}, but one of gw/v1/{meant[0].Name}",
                "correct home and node in its agent.json, or ask for it by the name it has")
            : Verdict.Wrong(
                $"the broker has never heard of {evidence.Name}",
                $"{known}, neither a birth nor a will{(talk.Neighbours.Count == 0 ? "" : $"; it does of {string.Join(", ", talk.Neighbours.Take(5).Select(one => one.Name))}")}",
                "check the spelling; a node that never came this far is looked at on a cable: --port, or by its files: --files");
    }

    // The same node in another home, or a slip of the pen.
    private static bool IsMeant(Evidence evidence, string name)
    {
        string[] parts = name.Split('/');
        return (parts[1] == evidence.Node && parts[0] != evidence.Home) || (parts[0] == evidence.Home && Spelling.IsNear(parts[1], evidence.Node!));
    }
}
