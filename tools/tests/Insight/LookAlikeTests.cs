using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Insight;

/// <summary>Homes in which something happens that is no trouble, or another trouble than it looks like.</summary>
public class LookAlikeTests
{
    private readonly MadeHome _home = MadeHome.Usual(seed: 3);

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(10, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_healthy_home_is_not_called_sick(int seed) => AssertNothing(MadeHome.Usual(seed));

    [Theory]
    [InlineData(60)]
    [InlineData(900)]
    [InlineData(3600)]
    public void A_healthy_home_with_windows_of_another_length_is_not_called_sick(int windowS) => AssertNothing(MadeHome.Usual(seed: 4, days: 9, windowS: windowS));

    [Fact]
    public void Busy_evenings_are_no_trouble()
    {
        ForAll(moment => moment.Utilization = moment.Hour is >= 19 and < 21.5 ? 72 : moment.Utilization);
        AssertNothing(_home);
    }

    [Fact]
    public void Coming_home_from_a_holiday_is_no_new_neighbour()
    {
        DateTimeOffset back = _home.Now.AddDays(-4), left = back.AddDays(-10);
        ForAll(moment =>
        {
            moment.Utilization = 10;
            moment.Clients = 0;
        }, left, back);
        AssertNothing(_home);
    }

    [Fact]
    public void A_gateway_that_restarts_each_night_is_no_weak_backhaul()
    {
        ForAll(moment =>
        {
            if (moment.Hour == 4)
            {
                moment.LinkGoneS = 120;
                moment.Disconnects = 1;
                moment.GatewayFailures = 3;
            }
        }, _home.Now.AddDays(-5));
        AssertNothing(_home);
    }

    [Fact]
    public void An_oven_of_two_minutes_a_day_hurts_nobody()
    {
        ForAll(moment =>
        {
            if (moment.Hour is >= 12 and < 12.05)
            {
                moment.Airtime = moment.Utilization * 0.5;
                moment.Utilization += 25;
                moment.Most = 97;
                moment.BrokenShare = 0.2;
            }
        });
        AssertNothing(_home);
    }

    [Fact]
    public void A_client_that_was_at_the_edge_for_an_evening_is_no_poor_coverage()
    {
        DateTimeOffset evening = _home.Now.AddDays(-1);
        _home.Node("hall").From(evening, moment => moment.WeakClientShare = 0.6, evening.AddHours(4));
        AssertNothing(_home);
    }

    [Fact]
    public void A_node_that_restarts_each_night_by_plan_is_not_sick()
    {
        _home.Node("hall").Always(moment =>
        {
            moment.Boots = moment.Hour == 5;
            moment.ResetCause = moment.Boots ? ResetCause.Software : ResetCause.Unknown;
        });
        AssertNothing(_home);
    }

    [Fact]
    public void A_power_cut_makes_no_node_sick_and_no_line_fail()
    {
        DateTimeOffset cut = _home.Now.AddHours(-30);
        ForAll(moment => moment.IsSilent = true, cut, cut.AddHours(2));
        ForAll(moment =>
        {
            moment.Boots = moment.Start == cut.AddHours(2);
            moment.ResetCause = moment.Boots ? ResetCause.PowerOn : ResetCause.Unknown;
        });
        AssertNothing(_home);
    }

    [Fact]
    public void A_slow_gateway_on_a_full_channel_is_no_weak_backhaul()
    {
        ForAll(moment =>
        {
            moment.Utilization = 88;
            moment.Networks = 11;
            moment.GatewayFailures = 1;
        }, _home.Now.AddDays(-3));
        HomeAssessment home = _home.Assess();
        Assert.Equal(Cause.NewNeighbour, home.Findings[0].Cause);
        Assert.DoesNotContain(home.Findings, finding => finding.Cause == Cause.WeakBackhaul);
    }

    [Fact]
    public void More_clients_of_one_s_own_are_no_new_neighbour()
    {
        ForAll(moment =>
        {
            moment.Utilization += 10;
            moment.Clients += 3;
        }, _home.Now.AddDays(-5));
        AssertNothing(_home);
    }

    [Fact]
    public void A_link_that_fell_for_a_day_and_is_back_is_not_weak()
    {
        _home.Node("attic").From(_home.Now.AddDays(-5), moment => moment.LinkDbm -= 20, _home.Now.AddDays(-4));
        AssertNothing(_home);
    }

    [Fact]
    public void A_link_that_fell_and_is_still_good_is_no_finding_but_getting_worse_is_said_of_ten_decibels()
    {
        _home.Node("bedroom").From(_home.Now.AddDays(-5), moment => moment.LinkDbm -= 5);
        AssertNothing(_home);
    }

    [Fact]
    public void A_home_of_stock_nodes_says_that_channels_are_not_known()
    {
        foreach (MadeNode node in _home.Nodes)
        {
            node.Birth.Radio = Source.StockScan;
        }

        HomeAssessment home = _home.Assess();
        Assert.Empty(home.Findings);
        Assert.All(
            home.Dismissed.Where(dismissal => dismissal.Cause is Cause.CongestedChannel or Cause.NewNeighbour or Cause.Interference),
            dismissal => Assert.Contains("the stock image knows no channels", dismissal.Why, StringComparison.Ordinal));
    }

    [Fact]
    public void A_stock_node_whose_link_fell_is_a_weak_backhaul()
    {
        _home.Node("attic").Birth.Radio = Source.StockScan;
        _home.Node("attic").From(_home.Now.AddDays(-3), moment => moment.LinkDbm -= 17);
        Assert.Equal((Cause.WeakBackhaul, "attic"), First(_home.Assess()));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(3600)]
    public void The_length_of_windows_does_not_change_what_is_wrong(int windowS)
    {
        MadeHome home = MadeHome.Usual(seed: 5, days: 10, windowS: windowS);
        home.Node("bedroom").From(home.Now.AddDays(-2), moment => moment.LinkDbm -= 18);
        Assert.Equal((Cause.WeakBackhaul, "bedroom"), First(home.Assess()));
    }

    [Fact]
    public void A_home_on_5_ghz_has_its_troubles_told()
    {
        ForAll(moment => moment.Channel = 36);
        ForAll(moment =>
        {
            moment.Utilization += 35;
            moment.Networks++;
        }, _home.Now.AddDays(-3));
        Finding finding = _home.Assess().Findings[0];
        Assert.Equal(Cause.NewNeighbour, finding.Cause);
        Assert.Contains("channel 36", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_home_of_one_node_and_no_history_is_looked_at_without_complaint()
    {
        var home = new MadeHome(days: 0) { Now = Windows.Monday.AddHours(2) };
        home.Add("hall");
        HomeAssessment assessment = home.Assess();
        Assert.Empty(assessment.Findings);
        Assert.Null(assessment.BaselineIndex);
        Assert.NotNull(assessment.Index);
    }

    [Fact]
    public void A_home_of_which_nothing_is_known_has_no_index()
    {
        var facts = new HomeFacts { Home = "new", From = Windows.Monday, Now = Windows.Monday.AddDays(3), Nodes = [new NodeFacts { Node = "hall" }] };
        HomeAssessment home = GatewayAgent.Insight.HomeInsight.Assess(facts);
        Assert.Null(home.Index);
        Assert.Empty(home.Findings);
        Assert.Equal(24 * 3600, home.Day.Unknown);
    }

    private void ForAll(Action<Moment> change, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        foreach (MadeNode node in _home.Nodes)
        {
            node.From(from ?? DateTimeOffset.MinValue, change, to);
        }
    }

    private static (Cause, string?) First(HomeAssessment home)
    {
        Assert.NotEmpty(home.Findings);
        return (home.Findings[0].Cause, home.Findings[0].Node);
    }

    private static void AssertNothing(MadeHome home)
    {
        HomeAssessment assessment = home.Assess();
        Assert.True(assessment.Findings.Count == 0, string.Join("\n", assessment.Findings.Select(finding => $"{finding.Cause} {finding.Node} {finding.Confidence} {finding.Summary}")));
        Assert.False(assessment.IsGettingWorse);
    }
}
