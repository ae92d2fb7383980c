using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Probes;

/// <summary>What a collector's store knows of a node.</summary>
/// <param name="Problem">Why it cannot be read; null = it can.</param>
/// <param name="Status">Null = it knows no such node.</param>
/// <param name="Home">The other nodes of its home.</param>
/// <param name="Newest">When anything of any home looked at was received last; null = never.</param>
/// <param name="Rejected">Payloads of the node that were kept aside, newest first.</param>
internal sealed record StoreEvidence(
    string? Problem,
    NodeStatus? Status,
    IReadOnlyList<NodeStatus> Home,
    DateTimeOffset? Newest,
    IReadOnlyList<RejectedPayload> Rejected)
{
    // Between the clocks of a collector and of who asks.
    private static readonly TimeSpan _slack = TimeSpan.FromMinutes(2);

    /// <summary>Whether a report of the node that came to the broker is stored, or a later one.</summary>
    public bool Has(DateTimeOffset at, Report report) => Status is { Report: { } stored, ReceivedAt: { } received }
        && (stored.BootId == report.BootId ? stored.Sequence >= report.Sequence : received >= at - _slack);

    public static StoreEvidence Unreadable(string why) => new(why, null, [], null, []);
}
