namespace GatewayAgent.Insight.Scoring;

/// <summary>A limit, and whose it is.</summary>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Source">Who published it; <c>own</c> with the reason where nobody did.</param>
public sealed record Limit(double Value, string Unit, string Source);

/// <summary>
/// Every limit that time is good or bad by. Change one with <c>Thresholds.Default with { … }</c>.
/// </summary>
public sealed record Thresholds
{
    public static Thresholds Default { get; } = new();

    /// <summary>A client that is heard more weakly is not covered.</summary>
    public Limit ClientRssi { get; init; } = new(-72, "dBm", "Juniper Mist: coverage is good from −72 dBm");

    /// <summary>An uplink that is weaker is weak: everything behind it shares it.</summary>
    public Limit LinkRssi { get; init; } = new(-75, "dBm", "ALE OmniVista: weak below −75 dBm");

    /// <summary>A channel that is used more than this is full.</summary>
    public Limit Utilization { get; init; } = new(70, "%", "netpulse: red from 70 % utilisation");

    /// <summary>A channel that is used less than this is free.</summary>
    public Limit FreeUtilization { get; init; } = new(40, "%", "netpulse: green below 40 % utilisation");

    /// <summary>From here a burst fills the channel.</summary>
    public Limit BurstUtilization { get; init; } = new(90, "%", "ALE OmniVista: no capacity below 10 % of free air time");

    /// <summary>More clients on one access point than this are too many.</summary>
    public Limit Clients { get; init; } = new(30, "clients", "ALE OmniVista: more than 30 clients");

    /// <summary>From this many clients on, a busy channel makes an access point overloaded.</summary>
    public Limit ClientsWhenBusy { get; init; } = new(10, "clients", "usteer: load kick from 10 clients");

    public Limit UtilizationWhenManyClients { get; init; } = new(75, "%", "usteer: load kick at 75 % utilisation");

    /// <summary>A round trip to the gateway that takes longer is bad. A bound of a bin of the histogram, so that it is exact.</summary>
    public Limit GatewayLatency { get; init; } = new(128, "ms", "ITU-T G.114: 150 ms one way is what conversation bears; the home may not take it all");

    /// <summary>A round trip to the broker that takes longer is bad.</summary>
    public Limit BrokerLatency { get; init; } = new(512, "ms", "ITU-T G.114: 400 ms one way is the limit for any planning");

    /// <summary>An RSSI of a client that is older says nothing of now. Longer windows may be as old as they are long.</summary>
    public Limit ClientRssiAge { get; init; } = new(900, "s", "own: a client moves within a quarter of an hour");

    /// <summary>What a crash costs those behind the node.</summary>
    public Limit RestartCost { get; init; } = new(120, "s", "own: start, uplink and the clients' way back take two minutes");

    /// <summary>What a thread that had to be started again costs.</summary>
    public Limit ThreadRestartCost { get; init; } = new(30, "s", "own: the supervisor's patience with a thread");
}
