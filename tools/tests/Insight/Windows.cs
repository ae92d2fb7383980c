using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Insight;

/// <summary>Windows made by hand: native, five minutes, all well, unless told otherwise.</summary>
internal static class Windows
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private const int Minutes = 5;

    public static NodeWindow Of(DateTimeOffset start, Action<Report>? change = null)
    {
        var report = new Report
        {
            BootId = 7,
            Sequence = 1,
            StartS = (uint)(start - Monday).TotalSeconds + 10_000,
            SpanS = Minutes * 60,
            Link = new Link { RssiHistogram = { Rssi(-55, 300) }, Channel = 6, Disconnects = 0 },
            Clients = new Clients { Samples = 30, CountSum = 60, CountMin = 2, CountMax = 2, RssiHistogram = { Rssi(-60, 60) } },
            Latency = new Latency { GatewayHistogram = { 3, 10 }, BrokerHistogram = { 5, 1 } },
            Health = new Health { ManagedFreeKib = 40, NativeFreeKib = 90 },
            Survey = Heard(6, 20),
        };
        change?.Invoke(report);
        return new NodeWindow(start, report, report.Survey == null ? [] : HeardRows.Read(report.Survey.Heard));
    }

    public static IReadOnlyList<NodeWindow> Hour(DateTimeOffset start, Action<Report>? change = null, int windows = 12) =>
        [.. Enumerable.Range(0, windows).Select(i => Of(start.AddMinutes(Minutes * i), report =>
        {
            report.Sequence = (uint)i + 1;
            change?.Invoke(report);
        }))];

    /// <summary>All samples at one RSSI.</summary>
    public static uint[] Rssi(int dbm, uint samples) => [(uint)HistogramScale.Rssi.BinOf(dbm), samples];

    /// <summary>The own channel alone, with its utilisation in per cent.</summary>
    public static Survey Heard(uint channel, double mean, double? least = null, double? most = null, uint airtimeMs = 60_000)
    {
        uint load = Load(mean);
        return new Survey { Heard = { channel, 30_000, 3, 55, 2900, 9000, airtimeMs, 2900, 2900 * load, Load(least ?? mean), Load(most ?? mean), 4 } };
    }

    private static uint Load(double percent) => (uint)Math.Round(percent * 2.55);
}
