using GatewayAgent.Collector.Store;
using GatewayAgent.NanoHost;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Demo;

/// <summary>What the store says of one node now; null = not measured, or nothing stored yet.</summary>
internal sealed record NodeLine(
    string Node,
    State.Types.Status Status,
    int? UplinkDbm,
    uint? Channel,
    double? Clients,
    double? Utilization,
    int? ChannelsHeard,
    long Reports,
    TimeSpan? Age)
{
    /// <summary>Its light as it shines, which the store does not know.</summary>
    public PixelColour Light { get; init; }

    /// <summary>A line of each node of the store.</summary>
    public static IReadOnlyList<NodeLine> Read(CollectorStore store, DateTimeOffset now) =>
        [.. store.Nodes().Select(node => Of(node, store, now))];

    private static NodeLine Of(NodeStatus node, CollectorStore store, DateTimeOffset now)
    {
        Report? report = node.Report;
        IReadOnlyList<HeardRow>? heard = report?.Survey == null ? null : HeardRows.Read(report.Survey.Heard);
        uint? channel = report?.Link is { HasChannel: true } link ? link.Channel : null;
        return new NodeLine(
            node.Node,
            node.Status ?? State.Types.Status.Unknown,
            report?.Link == null ? null : Median(report.Link),
            channel,
            report?.Clients is { Samples: > 0 } clients ? (double)clients.CountSum / clients.Samples : null,
            heard?.Where(row => row.Channel == channel).Select(row => row.Load?.Mean).FirstOrDefault(),
            heard?.Count,
            node.BootId is { } boot ? store.Totals(node.Home, node.Node, boot).Sequences : 0,
            now - node.ReceivedAt);
    }

    private static int? Median(Link link) =>
        Histogram.TryUnpack(link.RssiHistogram, HistogramScale.Rssi, out Histogram? rssi, out _) && rssi.Percentile(50) is { } bin
            ? bin.Most ?? bin.Least
            : null;
}
