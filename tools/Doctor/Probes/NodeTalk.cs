using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Probes;

/// <summary>What was heard of a node at its broker.</summary>
internal sealed record NodeTalk
{
    /// <summary>Leaves of the node's branch that the broker refused to give.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>What the broker keeps of the node's birth, or its will; null = nothing.</summary>
    public State? State { get; init; }

    /// <summary>The last birth that was told; null = none.</summary>
    public State? Birth { get; init; }

    /// <summary>Times that it was there and went while it was listened to.</summary>
    public int Departures { get; init; }

    /// <summary>What the state said that is no state.</summary>
    public string? StateProblem { get; init; }

    /// <summary>Different boots that were told of while it was listened to.</summary>
    public int Boots { get; init; }

    /// <summary>What the broker keeps of the node's word on its configuration; null = nothing.</summary>
    public ControlAnswer? Config { get; init; }

    /// <summary>What the broker keeps of the configuration itself, where this user may read it.</summary>
    public string? Desired { get; init; }

    /// <summary>Reports that came, with when.</summary>
    public IReadOnlyList<(DateTimeOffset At, ReportReading Report)> Reports { get; init; } = [];

    /// <summary>Names HOME/NODE of nodes nearby that the broker keeps a state of, and whether they are online: of the same home, or of the same node.</summary>
    public IReadOnlyList<(string Name, bool IsOnline)> Neighbours { get; init; } = [];

    /// <summary>The node's answer to the command; null = none, or it was not asked.</summary>
    public ControlAnswer? Answer { get; init; }

    /// <summary>The broker does not let this user give the node commands.</summary>
    public bool IsCommandRefused { get; init; }

    /// <summary>With the node's own files: whether the broker takes what it publishes, and gives it back; null = not tried.</summary>
    public bool? CanPublish { get; init; }

    public bool? CanRead { get; init; }

    /// <summary>How long it was listened.</summary>
    public TimeSpan Listened { get; init; }
}
