using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Page;

/// <summary>
/// What nodes measured: the first serves the third, the second has a weak link, the third runs a stock image, the fourth went off line
/// five hours ago, the fifth is a companion.
/// </summary>
internal static class FixtureNode
{
    private const uint GatewayAp = 0xA0000000;
    private const int WindowSeconds = 300;

    public static NodeFacts Of(string name, int place, HomeSummary home, DateTimeOffset from, DateTimeOffset now)
    {
        bool isOnline = place != 3 && home.Home != FixtureHomes.Silent;
        DateTimeOffset until = isOnline ? now : now.AddHours(-5);
        return new NodeFacts
        {
            Node = name,
            Birth = new State
            {
                Status = State.Types.Status.Online,
                BootId = 7,
                AgentVersion = home.Home == FixtureHomes.Hostile ? FixtureHomes.Markup : "1.4.0",
                LastWords = home.Home == FixtureHomes.Hostile ? FixtureHomes.Markup : "",
                Radio = place == 2 ? Source.StockScan : Source.Native,
                WindowS = WindowSeconds,
                Role = place == 4 ? Role.Companion : Role.MeshNode,
                Ap = GatewayAp + (uint)place + 1,
            },
            Status = isOnline ? State.Types.Status.Online : State.Types.Status.Offline,
            StatusSince = until,
            LastReceived = until.AddSeconds(-60),
            Windows = [.. Steps(Later(from, now.AddDays(-2)), until, WindowSeconds).Select(start => Window(start, WindowSeconds, place, home))],
            Hours = [.. Steps(from, until, 3600).Select(start => new NodeHour(start, Users(place, home), Window(start, 3600, place, home)))],
        };
    }

    // Nobody reported between three and five in the night.
    private static IEnumerable<DateTimeOffset> Steps(DateTimeOffset from, DateTimeOffset until, int seconds)
    {
        for (long at = ((from.ToUnixTimeSeconds() / seconds) + 1) * seconds; at < until.ToUnixTimeSeconds() - seconds; at += seconds)
        {
            DateTimeOffset start = DateTimeOffset.FromUnixTimeSeconds(at);
            if (start.Hour is < 3 or >= 5)
            {
                yield return start;
            }
        }
    }

    private static NodeWindow Window(DateTimeOffset start, int seconds, int place, HomeSummary home)
    {
        uint wave = (uint)(start.ToUnixTimeSeconds() / seconds % 3);
        var report = new Report { BootId = 7, StartS = (uint)(start.ToUnixTimeSeconds() - 1_700_000_000), SpanS = (uint)seconds };
        if (place != 4)
        {
            int dbm = place == 1 && home.Cause != null && start > home.Since ? -79 : -52 - (5 * place);
            report.Link = new Link
            {
                Source = place == 2 ? Source.StockScan : Source.Native,
                Channel = 6,
                Ap = place == 2 ? GatewayAp + 1 : GatewayAp,
                RssiHistogram = { (uint)HistogramScale.Rssi.BinOf(dbm) + wave, 300 },
            };
            report.Clients = new Clients { Source = Source.StockEvent, Samples = 30, CountSum = 30 * (2 + wave), CountMax = 5, RssiHistogram = { 20, 60 } };
            report.Latency = new Latency { GatewayHistogram = { place == 1 ? 6u : 3u, 20, 5 }, BrokerHistogram = { 5, 10 } };
        }

        if (place != 2)
        {
            report.Survey = Survey(wave);
        }

        return new NodeWindow(start, report, report.Survey == null ? [] : HeardRows.Read(report.Survey.Heard));
    }

    // Channels 1, 6, 11 and 36 were heard, 3 and 8 are quiet, the others were not listened to.
    private static Survey Survey(uint wave) => new()
    {
        Source = Source.Native,
        Quiet2G = (1 << 3) | (1 << 8),
        QuietDwellCs = { 50 },
        Heard = { 1, 100, 3, 60, 40, 10, 250, 0, 6, 400, 14, 41, 300, 900, 900, 10, 1810 + wave, 40, 220, 7, 11, 100, 5, 66, 30, 4, 20, 2, 90, 40, 50, 3, 36, 90, 2, 70, 20, 3, 10, 0 },
    };

    private static UserSeconds Users(int place, HomeSummary home) =>
        place == 1 && home.Cause != null ? new UserSeconds(4000, 100, [0, 0, 0, 3200, 0, 0, 0, 0]) : new UserSeconds(7000, 100, [60, 0, 0, 0, 0, 0, 0, 0]);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
