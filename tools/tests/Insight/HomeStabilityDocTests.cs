using System.Globalization;
using GatewayAgent.Insight;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Insight;

/// <summary>The worked example of docs/home-stability.md, computed.</summary>
public class HomeStabilityDocTests
{
    private static readonly DateTimeOffset _midnight = Windows.Monday;

    private readonly string _doc = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "home-stability.md"));

    [Fact]
    public void The_hour_of_the_example_has_the_score_that_is_stated()
    {
        UserSeconds users = Evening().Users;
        Assert.Equal((6000L, 600L, 600L, 0L), (users.Good, users.BadBy(Classifier.Backhaul), users.BadBy(Classifier.Congestion), users.Unknown));
        AssertStated($"the hour's score is **{One(users.Score)}**");
    }

    [Fact]
    public void The_day_of_the_example_has_the_index_that_is_stated()
    {
        NodeFacts attic = Node("attic", Hours(24, report => Weaken(report, 90)));
        NodeFacts bedroom = Node("bedroom", [.. Hours(18, null), Evening(), .. Hours(24, null).Skip(19).Take(3)]);
        NodeFacts gateway = Node("gateway", Hours(24, null));
        var facts = new HomeFacts { Home = "example", From = _midnight, Now = _midnight.AddDays(1), Nodes = [attic, bedroom, gateway] };

        foreach (NodeFacts node in facts.Nodes)
        {
            UserSeconds users = HomeStability.UsersOf(node, facts.From, facts.Now);
            AssertStated($"| {users.Good} | {users.Bad.Sum()} | {users.Unknown} | {One(HomeStability.NodeIndex(users))} |");
        }

        AssertStated($"The home's index is **{One(HomeInsight.Assess(facts).Index)}**");
        AssertStated($"Good ÷ known over the whole home would say {One(HomeInsight.Assess(facts).Day.Score)},");
    }

    [Fact]
    public void The_limits_are_those_that_are_stated()
    {
        Thresholds limits = Thresholds.Default;
        foreach (Limit limit in new[] { limits.ClientRssi, limits.LinkRssi, limits.Utilization, limits.FreeUtilization, limits.BurstUtilization, limits.Clients, limits.BrokerLatency, limits.GatewayLatency })
        {
            AssertStated($"{limit.Value.ToString(CultureInfo.InvariantCulture).Replace('-', '−')} {limit.Unit}");
        }
    }

    private static NodeFacts Node(string name, IReadOnlyList<NodeHour> hours) => new() { Node = name, Hours = hours };

    private static List<NodeHour> Hours(int hours, Action<Report>? change) =>
        [.. Enumerable.Range(0, hours).Select(hour => HomeInsight.HourOf(_midnight.AddHours(hour), Windows.Hour(_midnight.AddHours(hour), report =>
        {
            report.Clients.CountSum = 30;
            change?.Invoke(report);
        }), null))];

    private static NodeHour Evening() => HomeInsight.HourOf(_midnight.AddHours(18), Windows.Hour(_midnight.AddHours(18), report =>
    {
        report.Survey = Windows.Heard(6, 35);
        switch (report.Sequence)
        {
            case 5 or 6:
                Weaken(report, 150);
                report.Latency.GatewayHistogram.Clear();
                report.Latency.GatewayHistogram.Add([3, 7]);
                report.Latency.GatewayFailures = 3;
                break;
            case 7:
                report.Survey = Windows.Heard(6, 82);
                report.Clients.RssiHistogram.Clear();
                report.Clients.RssiHistogram.Add([(uint)HistogramScale.Rssi.BinOf(-80), 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 48]);
                break;
        }
    }), null);

    private static void Weaken(Report report, uint samples)
    {
        report.Link.RssiHistogram.Clear();
        report.Link.RssiHistogram.Add([(uint)HistogramScale.Rssi.BinOf(-80), samples, 0, 0, 0, 0, 0, 0, 0, 0, 0, 300 - samples]);
    }

    private void AssertStated(string text) => Assert.Contains(text, _doc, StringComparison.Ordinal);

    private static string One(double? value) => value!.Value.ToString("0.0", CultureInfo.InvariantCulture);
}
