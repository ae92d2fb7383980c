using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Page;

/// <summary>Homes as a store would tell of them: many by chance, and some that the flows know by name.</summary>
internal static class FixtureHomes
{
    /// <summary>A node's link has become weak; a second thing is wrong, too.</summary>
    public const string Troubled = "h-000003";

    /// <summary>Nothing is wrong.</summary>
    public const string Healthy = "h-000005";

    /// <summary>Has reported, and was not assessed yet.</summary>
    public const string New = "h-000006";

    /// <summary>Has not been heard for hours.</summary>
    public const string Silent = "h-000007";

    /// <summary>Markup in every text that there is.</summary>
    public const string Hostile = "A_home-with.a.very_long-name-that-some-operator-chose-0123456789";

    public const string Markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>&amp;";

    private static readonly string[] _nodes = ["hall", "bedroom", "attic", "kitchen", "cellar"];

    public static IEnumerable<HomeSummary> Make(int count, DateTimeOffset now)
    {
        var chance = new Random(1);
        for (int i = 0; i < count; i++)
        {
            HomeSummary home = ByChance(chance, $"h-{i:000000}", now);
            yield return i switch
            {
                3 => home with
                {
                    Nodes = 5,
                    NodesOnline = 4,
                    Index = 54.2,
                    BaselineIndex = 93.4,
                    IsGettingWorse = true,
                    Cause = Cause.WeakBackhaul,
                    Node = "bedroom",
                    Confidence = 0.86,
                    Since = now.AddDays(-4),
                    Summary = SummaryOf(Cause.WeakBackhaul, "bedroom"),
                },
                4 => Of(Hostile, Cause.Interference, 71, now) with { Summary = Markup, Node = Markup },
                5 => Of(Healthy, null, 97, now),
                6 => Of(New, null, null, now) with { AssessedAt = null },
                7 => Of(Silent, Cause.SilentNode, null, now) with { LastReceived = now.AddHours(-5), NodesOnline = 0 },
                _ => home,
            };
        }
    }

    public static HomeFacts FactsOf(HomeSummary home, DateTimeOffset from, DateTimeOffset now) => new()
    {
        Home = home.Home,
        From = from,
        Now = now,
        Nodes = [.. NamesOf(home).Select((name, i) => FixtureNode.Of(name, i, home, from, now)).OrderBy(node => node.Node, StringComparer.Ordinal)],
    };

    public static IEnumerable<NodeStatus> NodesOf(HomeSummary home) =>
        NamesOf(home).Select(name => new NodeStatus(home.Home, name, State.Types.Status.Online, home.LastReceived, 7, home.LastReceived, null, null));

    public static HomeAssessment AssessmentOf(HomeSummary home) => new()
    {
        Home = home.Home,
        At = home.AssessedAt!.Value,
        Index = home.Index,
        BaselineIndex = home.BaselineIndex,
        IsGettingWorse = home.IsGettingWorse,
        Day = Day(310_000, home.Cause == null ? 0 : 160_000, 14_000),
        Nodes =
        [
            .. NamesOf(home).Select((name, i) => i == 3
                ? new NodeAssessment(name, null, null, Day(0, 0, 86_400))
                : new NodeAssessment(name, i == 1 ? home.Index : 96 - i, i == 1 ? "backhaul" : "clients", Day(80_000, i == 1 ? 60_000 : 0, 3000 * i))),
        ],
        Findings = [.. FindingsOf(home)],
        Dismissed = home.Home == Hostile
            ? [new Dismissal(Cause.WanDown, Markup)]
            : [.. Enum.GetValues<Cause>().Where(cause => cause != home.Cause).Select(cause => new Dismissal(cause, "Looked for in 864 windows; none was beyond its limit."))],
    };

    public static IEnumerable<NodeEvent> EventsOf(string home)
    {
        yield return NewEvent(1, home, "bedroom", DateTimeOffset.UtcNow.AddDays(-4));
        yield return NewEvent(2, home, "hall", DateTimeOffset.UtcNow.AddHours(-9));
    }

    public static NodeEvent NewEvent(long key, string home, string node, DateTimeOffset? at = null)
    {
        DateTimeOffset moment = at ?? DateTimeOffset.UtcNow;
        return new NodeEvent(home, node, moment, new Event
        {
            BootId = 7,
            Sequence = (uint)key,
            Metric = Metric.LinkRssi,
            AtS = 5000,
            SinceS = 4400,
            BootTime = (uint)moment.ToUnixTimeSeconds() - 5000,
            Baseline = -61,
            Now = -79,
            Magnitude = 62,
            Evidence = { -61, -62, -70, -79, -79 },
        }, key);
    }

    private static HomeSummary ByChance(Random chance, string name, DateTimeOffset now)
    {
        double luck = chance.NextDouble();
        Cause? cause = luck is > 0.7 and < 0.95 ? (Cause)(int)(chance.NextDouble() * chance.NextDouble() * 10) : null;
        double? index = luck >= 0.95 ? null : cause == null ? 90 + (chance.NextDouble() * 10) : 25 + (chance.NextDouble() * 65);
        bool isWorse = cause != null && chance.NextDouble() < 0.3;
        HomeSummary home = Of(name, cause, index, now.AddMilliseconds(-chance.Next(1000)));
        return home with
        {
            Nodes = 2 + chance.Next(4),
            NodesOnline = 2,
            BaselineIndex = isWorse ? Math.Min(99, 8 + (index!.Value * 1.2)) : index,
            IsGettingWorse = isWorse,
        };
    }

    private static HomeSummary Of(string name, Cause? cause, double? index, DateTimeOffset now)
    {
        string? node = cause == null ? null : "bedroom";
        return new HomeSummary(
            name, 2, 2, index, null, false, cause, node, cause == null ? null : 0.7, cause == null ? null : now.AddDays(-2),
            cause == null ? null : SummaryOf(cause.Value, node!), now.AddMinutes(-2), now.AddMinutes(-1));
    }

    private static IEnumerable<string> NamesOf(HomeSummary home) =>
        home.Home == Hostile ? [Markup, "attic"] : _nodes.Take(home.Nodes);

    private static string SummaryOf(Cause cause, string node) => cause switch
    {
        Cause.WeakBackhaul => $"The link of {node} fell from −61 to −79 dBm on Tuesday evening and has stayed there.",
        Cause.CongestedChannel => "Channel 6 is busy 81 % of the time; 14 access points share it.",
        Cause.WanDown => "The home works; nothing beyond the gateway has answered since 14:05.",
        _ => $"What was found at {node} is beyond its limit most of the time.",
    };

    private static IEnumerable<Finding> FindingsOf(HomeSummary home)
    {
        if (home.Cause is not { } cause)
        {
            yield break;
        }

        bool isHostile = home.Home == Hostile;
        yield return new Finding
        {
            Cause = cause,
            Node = home.Node,
            Confidence = home.Confidence ?? 0.5,
            Since = home.Since,
            Summary = home.Summary!,
            Advice = isHostile ? Markup : $"Move the {home.Node} node nearer the hall: its link fell from −61 to −79 dBm on Tuesday evening and has stayed there.",
            Evidence =
            [
                new Evidence
                {
                    Metric = isHostile ? Markup : "Link signal, median",
                    Unit = "dBm",
                    Node = home.Node,
                    Before = -61,
                    Now = -79,
                    Threshold = -75,
                    ThresholdSource = isHostile ? Markup : "ALE OmniVista",
                    Source = Source.Native,
                    Age = TimeSpan.FromSeconds(210),
                    Text = isHostile ? Markup : "The link fell by 18 dB within one hour and has stayed there since.",
                    Series = [.. SeriesOf(home)],
                },
                new Evidence
                {
                    Metric = "weak uplink",
                    Unit = "% of the time",
                    Now = 83,
                    Threshold = -75,
                    ThresholdUnit = "dBm",
                    Text = "The link was weak for 83 % of the last day.",
                    Series = [new Point(home.AssessedAt!.Value.AddHours(-2), 80), new Point(home.AssessedAt!.Value.AddHours(-1), 83)],
                },
            ],
        };
        if (home.Home == Troubled)
        {
            yield return new Finding
            {
                Cause = Cause.CongestedChannel,
                Node = null,
                Confidence = 0.52,
                Since = null,
                Summary = "Channel 6 is busy 71 % of the evening; 14 access points share it.",
                Advice = "Let the gateway choose its channel anew: channel 1 has 3 access points, channel 6 has 14.",
                Evidence = [new Evidence { Metric = "Channel utilisation", Unit = "%", Now = 71, Text = "Access points on channel 6 state that it is busy 71 % of the evening." }],
            };
        }
    }

    // Half a day of it is missing.
    private static IEnumerable<Point> SeriesOf(HomeSummary home)
    {
        DateTimeOffset start = home.AssessedAt!.Value.AddDays(-7);
        for (int hour = 0; hour < 168; hour++)
        {
            if (hour is < 60 or > 72)
            {
                yield return new Point(start.AddHours(hour), start.AddHours(hour) < home.Since ? -61 + (hour % 2) : -79 + (hour % 3));
            }
        }
    }

    private static UserSeconds Day(long good, long backhaul, long unknown) => new(good, unknown, [0, backhaul / 10, 0, backhaul, 0, 0, 0, 0]);
}
