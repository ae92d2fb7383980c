using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Portal;

/// <summary>A home with a gateway's companion, a good node and one with a weak uplink, as a store would tell of it.</summary>
internal static class SampleHome
{
    /// <summary>The present of the tests.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 17, 12, 30, 0, TimeSpan.Zero);

    private const uint HallAp = 0xA0000001;
    private const uint GatewayAp = 0xA0000009;
    private const int WindowSeconds = 300;

    /// <summary>Three days of it.</summary>
    public static HomeFacts Facts(string home) => new()
    {
        Home = home,
        From = Now.AddHours(-72),
        Now = Now,
        Nodes = [Node("attic", HallAp, null, -78), Companion("gateway"), Node("hall", GatewayAp, HallAp, -55)],
    };

    public static HomeAssessment Assessment(string home, double? index = 82.46, bool isGettingWorse = true) => new()
    {
        Home = home,
        At = Now.AddMinutes(-10),
        Index = index,
        BaselineIndex = 97.3,
        IsGettingWorse = isGettingWorse,
        Day = Users(70_000, 16_400),
        Nodes = [new NodeAssessment("attic", index, "backhaul", Users(70_000, 16_400)), new NodeAssessment("gateway", null, null, UserSeconds.None)],
        Findings =
        [
            new Finding
            {
                Cause = Cause.WeakBackhaul,
                Node = "attic",
                Confidence = 0.917,
                Since = Now.AddHours(-30),
                Summary = "The uplink of attic fell from −61 to −79 dBm.",
                Advice = "Move the attic node nearer the hall.",
                Evidence =
                [
                    new Evidence
                    {
                        Metric = "uplink signal",
                        Unit = "dBm",
                        Node = "attic",
                        Before = -61,
                        Now = -79,
                        Threshold = -72,
                        ThresholdSource = "Juniper Mist",
                        Source = Source.Native,
                        Age = TimeSpan.FromSeconds(61),
                        Text = "The median fell by 18 dB.",
                        Series = [new Point(Now.AddHours(-31), -61), new Point(Now.AddHours(-1), -79)],
                    },
                ],
            },
        ],
        Dismissed = [new Dismissal(Cause.CongestedChannel, "Channel 6 was 22 % busy, below 40 %.")],
    };

    public static NodeEvent Event(long key, string home, string node = "attic") => new(
        home,
        node,
        Now.AddMinutes(-key),
        new Event
        {
            BootId = 7,
            Sequence = (uint)key,
            Metric = Metric.LinkRssi,
            AtS = 5000,
            SinceS = 4000,
            BootTime = BootTime,
            Baseline = -61,
            Now = -79,
            Magnitude = 62,
            Evidence = { -61, -78, -79 },
        },
        key);

    private static uint BootTime => (uint)Now.AddDays(-10).ToUnixTimeSeconds();

    private static NodeFacts Node(string name, uint servedBy, uint? ownAp, int dbm) => With(name, Role.MeshNode, ownAp, start => new Report
    {
        Link = new Link { Source = Source.Native, Channel = 6, Ap = servedBy, Disconnects = 1, RssiHistogram = { (uint)HistogramScale.Rssi.BinOf(dbm), 300 } },
        Clients = new Clients { Source = Source.Native, Samples = 30, CountSum = 60, CountMin = 1, CountMax = 3, RssiHistogram = { (uint)HistogramScale.Rssi.BinOf(-60), 60 } },
        Latency = new Latency { GatewayHistogram = { 3, 20, 5 }, BrokerHistogram = { 5, 10 }, BrokerFailures = 1 },
        Health = new Health { ManagedFreeKib = 40, NativeFreeKib = 90 },
        Survey = Survey(),
    });

    private static NodeFacts Companion(string name) => With(name, Role.Companion, null, _ => new Report { Survey = Survey() });

    private static NodeFacts With(string name, Role role, uint? ownAp, Func<DateTimeOffset, Report> measure)
    {
        var birth = new State { Status = State.Types.Status.Online, BootId = 7, AgentVersion = "1.4.0", Radio = Source.Native, WindowS = WindowSeconds, Role = role, BootTime = BootTime };
        if (ownAp is { } ap)
        {
            birth.Ap = ap;
        }

        return new NodeFacts
        {
            Node = name,
            Birth = birth,
            Status = State.Types.Status.Online,
            StatusSince = Now.AddDays(-10),
            LastReceived = Now.AddSeconds(-61),
            Windows = [.. Starts(48 * 12, WindowSeconds).Select(start => Window(start, WindowSeconds, measure(start)))],
            Hours = [.. Starts(72, 3600).Select(start => new NodeHour(start, Users(6000, 1200), Window(start, 3600, measure(start))))],
            Notices = [new NodeNotice(Now.AddMinutes(-1), Now.AddHours(-2), Event(1, "x").Event)],
        };
    }

    private static IEnumerable<DateTimeOffset> Starts(int count, int seconds) =>
        Enumerable.Range(1, count).Select(i => DateTimeOffset.FromUnixTimeSeconds(((Now.ToUnixTimeSeconds() / seconds) - (count - i + 1)) * seconds));

    private static NodeWindow Window(DateTimeOffset start, int seconds, Report report)
    {
        report.BootId = 7;
        report.StartS = (uint)(start.ToUnixTimeSeconds() - BootTime);
        report.SpanS = (uint)seconds;
        return new NodeWindow(start, report, report.Survey == null ? [] : HeardRows.Read(report.Survey.Heard));
    }

    private static Survey Survey() => new()
    {
        Source = Source.Native,
        Quiet2G = 1 << 13,
        QuietDwellCs = { 50 },
        Heard = { 1, 100, 3, 60, 40, 10, 25, 0, 6, 400, 5, 41, 300, 900, 900, 10, 560, 40, 80, 7 },
    };

    private static UserSeconds Users(long good, long backhaul) => new(good, 600, [0, 0, 0, backhaul, 0, 0, 0, 0]);
}
