namespace GatewayAgent.VirtualDevice.Running;

/// <summary>
/// How far virtual time may run away from a broker and a collector that live in real time. All are real times; they matter only when
/// virtual time has no pace of its own.
/// </summary>
public sealed record SimulationOptions
{
    /// <summary>For how long virtual time stands still for the broker's answer to what was sent.</summary>
    public TimeSpan BrokerPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For how long it stands still for the collector's acknowledgement. Once it was in vain there is no more waiting for the collector
    /// until an acknowledgement comes: a dead collector must not make a replay crawl.
    /// </summary>
    public TimeSpan AckPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// For how long, in an outage, it stands still for a broker that cannot be reached, or for acknowledgements when the outbox is half
    /// full: restarts take real time, and the outbox holds so many virtual minutes only.
    /// </summary>
    public TimeSpan OutagePatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the broker accepts connections; null: virtual time never waits for that.</summary>
    public Func<bool>? IsBrokerReachable { get; init; }

    /// <summary>For how long the end waits for all reports to be acknowledged.</summary>
    public TimeSpan DrainPatience { get; init; } = TimeSpan.FromSeconds(60);
}
