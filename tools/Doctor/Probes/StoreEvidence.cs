using GatewayAgent.Collector.Store;

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
    public static StoreEvidence Unreadable(string why) => new(why, null, [], null, []);
}
