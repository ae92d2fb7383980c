using FsCheck;
using FsCheck.Fluent;
using GatewayAgent.Insight;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Insight;

/// <summary>What holds of any facts.</summary>
public class InsightPropertyTests
{
    [Fact]
    public void Any_facts_can_be_assessed_and_every_number_is_one() => CheckAll(150, seed =>
    {
        HomeAssessment home = HomeInsight.Assess(new AnyFacts(seed).Home());
        Assert.All(home.Nodes.Select(node => node.Index).Append(home.Index).Append(home.BaselineIndex), index => Assert.True(index is null or (>= 0 and <= 100)));
        Assert.All(home.Findings, AssertWhole);
        IEnumerable<Cause> told = home.Findings.Select(finding => finding.Cause).Concat(home.Dismissed.Select(dismissal => dismissal.Cause)).Distinct();
        Assert.Equal(Enum.GetValues<Cause>(), told.Order());
        Assert.All(home.Dismissed, dismissal => Assert.True(dismissal.Why.Length > 10 && !dismissal.Why.Contains("NaN", StringComparison.Ordinal), dismissal.Why));
    });

    [Fact]
    public void The_order_of_nodes_does_not_matter() => CheckAll(60, seed =>
    {
        HomeFacts facts = new AnyFacts(seed).Home();
        HomeAssessment one = HomeInsight.Assess(facts), other = HomeInsight.Assess(facts with { Nodes = [.. facts.Nodes.Reverse()] });
        Assert.Equal(Words(one), Words(other));
        Assert.Equal(one.Nodes, other.Nodes);
    });

    [Fact]
    public void The_same_facts_are_assessed_in_the_same_words() => CheckAll(40, seed =>
        Assert.Equal(Words(HomeInsight.Assess(new AnyFacts(seed).Home())), Words(HomeInsight.Assess(new AnyFacts(seed).Home()))));

    [Fact]
    public void Time_of_which_nothing_is_known_never_raises_an_index() => CheckAll(60, seed =>
    {
        HomeFacts facts = new AnyFacts(seed).Home();
        var silent = new NodeFacts { Node = "unknown" };
        HomeFacts more = facts with { Nodes = [.. facts.Nodes.Select(node => node with { Hours = [.. node.Hours.Select(WithUnknownTime)] }), silent] };
        double? before = HomeInsight.Assess(facts).Index, after = HomeInsight.Assess(more).Index;
        Assert.True(after is null || after <= before, $"{before} became {after}");
    });

    [Fact]
    public void A_window_that_is_split_in_halves_scores_the_same() => CheckAll(200, seed =>
    {
        NodeWindow window = new AnyFacts(seed).Window(Windows.Monday, 600);
        Report half = Halved(window.Report), twice = GatewayAgent.Protocol.Merging.ReportSum.Of([half, Later(half)])!;
        NodeWindow first = window with { Report = half, Rows = Rows(half) }, second = new(window.Start.AddSeconds(300), Later(half), Rows(half));
        UserSeconds whole = HomeInsight.HourOf(Windows.Monday, [window with { Report = twice, Rows = Rows(twice) }], null).Users;
        UserSeconds halves = HomeInsight.HourOf(Windows.Monday, [first, second], null).Users;
        Assert.InRange(halves.Good, whole.Good - 2, whole.Good + 2);
        Assert.InRange(halves.Unknown, whole.Unknown - 2, whole.Unknown + 2);
        Assert.All(halves.Bad.Zip(whole.Bad), bad => Assert.InRange(bad.First, bad.Second - 2, bad.Second + 2));
    });

    [Fact]
    public void The_order_of_windows_does_not_matter() => CheckAll(100, seed =>
    {
        var any = new AnyFacts(seed);
        List<NodeWindow> windows = [.. Enumerable.Range(0, 6).Select(i => any.Window(Windows.Monday.AddMinutes(10 * i), 600))];
        NodeHour one = HomeInsight.HourOf(Windows.Monday, windows, null), other = HomeInsight.HourOf(Windows.Monday, [.. Enumerable.Reverse(windows)], null);
        Assert.Equal(one.Users, other.Users);
        Assert.Equal(one.Sum!.Report, other.Sum!.Report);
    });

    private static void AssertWhole(Finding finding)
    {
        Assert.InRange(finding.Confidence, Case.LeastConfidence, 1);
        Assert.NotEmpty(finding.Evidence);
        Assert.DoesNotContain("NaN", finding.Summary + finding.Advice, StringComparison.Ordinal);
        Assert.All(finding.Evidence, evidence =>
        {
            Assert.True(double.IsFinite(evidence.Now) && evidence.Before is not { } before || double.IsFinite(evidence.Before!.Value), $"{finding.Cause}: {evidence.Metric}");
            Assert.DoesNotContain("NaN", evidence.Text, StringComparison.Ordinal);
            Assert.InRange(evidence.Series.Count, 0, 600);
            Assert.Equal(evidence.Series.OrderBy(point => point.At), evidence.Series);
            Assert.True(evidence.Age is null || evidence.Age >= TimeSpan.Zero);
        });
    }

    private static string Words(HomeAssessment home) => string.Join('\n', home.Findings.Select(finding => $"{finding.Cause} {finding.Node} {finding.Confidence} {finding.Since} {finding.Summary} {finding.Advice} {string.Join(' ', finding.Evidence.Select(evidence => evidence.Text))}")
        .Concat(home.Dismissed.Select(dismissal => dismissal.ToString())).Append($"{home.Index} {home.BaselineIndex} {home.IsGettingWorse}"));

    private static NodeHour WithUnknownTime(NodeHour hour) => hour with { Users = hour.Users with { Unknown = hour.Users.Unknown + 1800 } };

    private static IReadOnlyList<HeardRow> Rows(Report report) => report.Survey == null ? [] : HeardRows.Read(report.Survey.Heard);

    private static Report Later(Report half)
    {
        Report later = half.Clone();
        later.StartS += half.SpanS;
        later.Sequence++;
        return later;
    }

    private static Report Halved(Report report)
    {
        Report half = report.Clone();
        half.SpanS = 300;
        half.Merged = 0;

        // What happens once stays in one half; publishes are counted by windows.
        half.Health = null;
        half.Replayed = false;
        return half;
    }

    private static void CheckAll(int runs, Action<int> body)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(new Replay(new Rnd(20261122, 7), null));
        Check.One(config, Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), body));
    }
}
