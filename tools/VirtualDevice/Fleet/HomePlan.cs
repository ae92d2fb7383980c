using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>What a home is, before anything happens in it.</summary>
internal sealed record HomePlan
{
    /// <summary>Rooms, nodes, people and neighbours. Its channel may be one of 5 GHz.</summary>
    public required HomeScript Script { get; init; }

    /// <summary>One for each node of the script.</summary>
    public required IReadOnlyList<NodePlan> Nodes { get; init; }

    public int WindowSeconds { get; init; } = Limits.WindowDefaultSeconds;

    /// <summary>The gateway's beacons hold a BSS Load element.</summary>
    public bool GatewayStatesLoad { get; init; } = true;

    /// <summary>The gateway restarts each week.</summary>
    public bool RebootsGateway { get; init; }

    /// <summary>Nodes are provisioned with the home's key: they state hashes.</summary>
    public bool HasKey { get; init; } = true;

    /// <summary>Round trip from the gateway to the operator's broker, ms.</summary>
    public double BroadbandMs { get; init; } = 14;

    /// <summary>Days between two power cuts, and between two ends of a node by chance: unplugged, crashed, updated.</summary>
    public double DaysBetweenPowerCuts { get; init; } = 60;

    public double DaysBetweenEnds { get; init; } = 30;

    public bool Is5Ghz => !SpectrumLoad.IsLow(Script.Channel);
}

/// <param name="IsStock">It has the stock image: no channels, rare readings.</param>
/// <param name="KnowsTime">It finds a time server.</param>
/// <param name="RebootsDaily">By a timer, at five in the morning.</param>
/// <param name="BehindDb">What stands in its way in every direction, dB: a fridge, a mirror, a cupboard of steel.</param>
/// <param name="NativeFreeKib">Native heap that is free when it has run for a while.</param>
internal sealed record NodePlan(bool IsStock, bool KnowsTime, bool RebootsDaily, double BehindDb, int NativeFreeKib)
{
    public static NodePlan Usual { get; } = new(false, true, false, 0, 110);
}
