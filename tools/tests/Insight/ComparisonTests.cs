using GatewayAgent.Insight;
using GatewayAgent.Insight.Comparing;

namespace GatewayAgent.Tests.Insight;

/// <summary>Before and after a change.</summary>
public class ComparisonTests
{
    private readonly MadeHome _home = MadeHome.Usual(days: 20);

    private DateTimeOffset Moment => _home.Now.AddDays(-8).AddMinutes(25);

    [Fact]
    public void A_node_that_was_moved_to_a_better_place_made_the_home_better()
    {
        _home.Node("attic").From(DateTimeOffset.MinValue, moment => moment.LinkDbm -= 11, Moment);
        Comparison comparison = HomeInsight.Compare(_home.ToFacts(), Moment);
        Assert.Equal(Verdict.Better, comparison.Verdict);
        Assert.True(comparison.After > comparison.Before + 10);
        Assert.InRange(comparison.PValue!.Value, 0, 0.01);
        Assert.Contains("got better", comparison.Text, StringComparison.Ordinal);
        Assert.InRange(comparison.Nodes.Single(node => node.Node == "hall").PValue!.Value, 0.01, 1);
    }

    [Fact]
    public void A_change_that_changed_nothing_is_no_difference()
    {
        Comparison comparison = HomeInsight.Compare(_home.ToFacts(), Moment);
        Assert.Equal(Verdict.NoDifference, comparison.Verdict);
        Assert.Equal((8, 12), (comparison.DaysAfter.Count, comparison.DaysBefore.Count));
    }

    [Fact]
    public void A_day_after_the_change_it_is_too_early()
    {
        Comparison comparison = HomeInsight.Compare(_home.ToFacts(), _home.Now.AddDays(-1.5));
        Assert.Equal(Verdict.TooEarly, comparison.Verdict);
        Assert.Null(comparison.PValue);
        Assert.Contains("too early", comparison.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4 }, new[] { 5.0, 6, 7, 8 }, 2.0 / 70)]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 1.0, 2, 3 }, 1.0)]
    [InlineData(new[] { 1.0, 1, 1 }, new[] { 2.0, 2, 2 }, 0.1)]
    [InlineData(new[] { 3.0, 5, 8, 9 }, new[] { 1.0, 2, 4, 6, 7 }, 0.2857142857142857)]
    public void The_rank_test_counts_all_ways_to_deal_the_days(double[] a, double[] b, double p) => Assert.Equal(p, RankTest.PValue(a, b), 12);
}
