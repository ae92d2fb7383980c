using GatewayAgent.Gw.Commands;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Gw.Survey;

/// <summary>What <c>survey</c> was asked for: exactly one of node, capture, simulated home.</summary>
internal sealed record SurveyRequest
{
    /// <summary>A real node, at <see cref="Broker"/>.</summary>
    public NodeName? Node { get; init; }

    public MosquittoOptions? Broker { get; init; }

    /// <summary>Have the node visit all channels and report, instead of waiting for its schedule.</summary>
    public bool IsNow { get; init; }

    /// <summary>How long that takes: a channel a second, 42 at most.</summary>
    public TimeSpan Round { get; init; } = TimeSpan.FromSeconds(45);

    public string? Capture { get; init; }

    /// <summary>Name of a node of the simulated home.</summary>
    public string? DemoNode { get; init; }

    public required int Seed { get; init; }

    /// <summary>Seconds of the simulated home in a second.</summary>
    public required double Speed { get; init; }

    /// <summary>End after so many windows; null = at Ctrl-C in a terminal, otherwise after the first.</summary>
    public int? Windows { get; init; }

    /// <summary>How long to wait for a report of a real node.</summary>
    public required TimeSpan Patience { get; init; }

    public bool IsJson { get; init; }
}
