using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Series;

/// <summary>Something that can be drawn over time.</summary>
/// <param name="Name">As the API says it.</param>
/// <param name="Statistic">What one point is of the values it stands for.</param>
/// <param name="Start">Makes what adds up the values of one point.</param>
internal sealed record SeriesMetric(string Name, string Unit, string Statistic, Func<Accumulator> Start)
{
    /// <summary>It is known by the hour only.</summary>
    public bool IsHourly { get; init; }

    public static IReadOnlyList<SeriesMetric> All { get; } =
    [
        new("score", "%", "good share of the known user time", () => new ScoreAccumulator()) { IsHourly = true },
        new("linkRssi", "dBm", "median", () => new HistogramAccumulator(report => report.Link?.RssiHistogram, HistogramScale.Rssi, 50)),
        new("linkRssiLow", "dBm", "10th percentile", () => new HistogramAccumulator(report => report.Link?.RssiHistogram, HistogramScale.Rssi, 10)),
        new("clientRssi", "dBm", "median", () => new HistogramAccumulator(report => report.Clients?.RssiHistogram, HistogramScale.Rssi, 50)),
        new("clients", "clients", "mean", () => new MeanAccumulator(window => window.Report.Clients is { } c ? (c.CountSum, c.Samples) : default)),
        new("clientsMax", "clients", "maximum", () => new ExtremeAccumulator(window => window.Report.Clients is { Samples: > 0 } c ? c.CountMax : null, isMost: true)),
        new("utilization", "0-255", "mean of what access points state of the own channel", () => new MeanAccumulator(Utilization)),
        new("airtime", "%", "air time of the frames heard on the own channel, at least", () => new AirtimeAccumulator()),
        new("gatewayLatency", "ms", "95th percentile, at most", () => new HistogramAccumulator(report => report.Latency?.GatewayHistogram, HistogramScale.Latency, 95)),
        new("brokerLatency", "ms", "95th percentile, at most", () => new HistogramAccumulator(report => report.Latency?.BrokerHistogram, HistogramScale.Latency, 95)),
        new("gatewayFailures", "round trips", "sum", () => new SumAccumulator(report => report.Latency?.GatewayFailures)),
        new("brokerFailures", "round trips", "sum", () => new SumAccumulator(report => report.Latency?.BrokerFailures)),
        new("disconnects", "disconnects", "sum", () => new SumAccumulator(report => report.Link is { HasDisconnects: true } link ? link.Disconnects : null)),
        new("managedFree", "KiB", "minimum", () => new ExtremeAccumulator(window => window.Report.Health is { HasManagedFreeKib: true } h ? h.ManagedFreeKib : null, isMost: false)),
        new("nativeFree", "KiB", "minimum", () => new ExtremeAccumulator(window => window.Report.Health is { HasNativeFreeKib: true } h ? h.NativeFreeKib : null, isMost: false)),
        new("threadRestarts", "restarts", "sum", () => new SumAccumulator(report => report.Health?.ThreadRestarts)),
        new("goodTime", "s", "sum of user time", () => new UserTimeAccumulator(users => users.Good)) { IsHourly = true },
        new("unknownTime", "s", "sum", () => new UserTimeAccumulator(users => users.Unknown)) { IsHourly = true },
        .. Enum.GetValues<Classifier>().Select(Bad),
    ];

    /// <summary>The metric of this name.</summary>
    public static SeriesMetric Of(string name) => All.First(metric => metric.Name == name);

    private static SeriesMetric Bad(Classifier classifier) =>
        new($"bad{classifier}", "s", "sum of user time", () => new UserTimeAccumulator(users => users.BadBy(classifier))) { IsHourly = true };

    private static (ulong Sum, ulong Count) Utilization(NodeWindow window) => OwnRow(window)?.Load is { } load ? (load.Sum, load.Count) : default;

    public static HeardRow? OwnRow(NodeWindow window)
    {
        if (window.Report.Link is not { HasChannel: true } link)
        {
            return null;
        }

        HeardRow row = window.Rows.FirstOrDefault(heard => heard.Channel == link.Channel);
        return row.Channel == 0 ? null : row;
    }
}
