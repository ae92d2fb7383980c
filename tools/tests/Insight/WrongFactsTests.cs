using GatewayAgent.Insight;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Insight;

/// <summary>Facts that are absent, old, too few or wrong do not make a diagnosis.</summary>
public sealed class WrongFactsTests
{
    private readonly MadeHome _home = MadeHome.Usual(seed: 6);

    [Fact]
    public void What_was_so_before_a_node_fell_silent_is_not_said_to_be_so()
    {
        _home.Node("attic").From(_home.Now.AddDays(-12), moment => moment.LinkDbm -= 18);
        _home.Node("attic").From(_home.Now.AddDays(-8), moment => moment.IsSilent = true);
        Finding finding = Assert.Single(_home.Assess().Findings);
        Assert.Equal((Cause.SilentNode, "attic"), (finding.Cause, finding.Node));
        Assert.False(_home.Assess().IsGettingWorse);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(30, false)]
    [InlineData(120, true)]
    public void Silence_before_the_collector_listened_is_not_the_home_s(int minutes, bool isDark)
    {
        ForAll(moment => moment.IsSilent = true, _home.Now.AddHours(-6));
        HomeAssessment home = HomeInsight.Assess(_home.ToFacts() with { ListeningSince = _home.Now.AddMinutes(-minutes) });
        Assert.Equal(isDark, home.Findings.Any(finding => finding.Cause == Cause.WanDown));
        Assert.Equal(isDark ? 1 : 0, home.Findings.Count);
    }

    [Fact]
    public void What_the_broker_tells_of_a_node_needs_no_listening()
    {
        DateTimeOffset from = _home.Now.AddHours(-5);
        MadeNode attic = _home.Node("attic").From(from, moment => moment.IsSilent = true);
        (attic.Status, attic.StatusSince) = (State.Types.Status.Offline, from.AddMinutes(2));
        HomeAssessment home = HomeInsight.Assess(_home.ToFacts() with { ListeningSince = _home.Now.AddMinutes(-20) });
        Assert.Equal((Cause.SilentNode, "attic"), (home.Findings[0].Cause, home.Findings[0].Node));
    }

    [Fact]
    public void An_outage_that_ended_when_the_collector_was_back_is_not_said_to_be_the_line_s()
    {
        DateTimeOffset from = _home.Now.AddHours(-9), to = _home.Now.AddHours(-5);
        ForAll(
            moment =>
            {
                moment.BrokerMs = -1;
                moment.IsReplayed = true;
            },
            from,
            to);
        Assert.NotEmpty(_home.Assess().Findings);
        Assert.Empty(HomeInsight.Assess(_home.ToFacts() with { ListeningSince = to.AddMinutes(-20) }).Findings);
    }

    [Fact]
    public void A_node_that_states_a_time_to_come_is_silent_all_the_same()
    {
        HomeFacts facts = _home.ToFacts();
        NodeFacts attic = facts.Nodes[0];
        NodeWindow late = attic.Windows[^1] with { Start = facts.Now.AddDays(300) };
        attic = attic with { LastReceived = facts.Now.AddHours(-7), Windows = [.. attic.Windows, late] };
        HomeAssessment home = HomeInsight.Assess(facts with { Nodes = [attic, .. facts.Nodes.Skip(1)] });
        Assert.Contains(home.Findings, finding => finding.Cause == Cause.SilentNode && finding.Node == attic.Node);
    }

    [Fact]
    public void A_home_whose_only_node_is_silent_is_silent_as_a_whole()
    {
        var home = new MadeHome();
        home.Add("hall").From(home.Now.AddHours(-9), moment => moment.IsSilent = true);
        Finding finding = Assert.Single(home.Assess().Findings);
        Assert.Equal(Cause.SilentNode, finding.Cause);
        Assert.StartsWith("Nothing is heard of the whole home since this morning", finding.Summary, StringComparison.Ordinal);
        Assert.Contains("lights of the gateway", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_whose_reports_were_lost_for_hours_has_not_lost_the_line()
    {
        var home = new MadeHome();
        home.Add("hall").From(home.Now.AddHours(-20), moment => moment.IsSilent = true, home.Now.AddHours(-9));
        home.Add("old").From(home.Now.AddDays(-15), moment => moment.IsSilent = true);
        Assert.DoesNotContain(home.Assess().Findings, finding => finding.Cause == Cause.WanDown);
    }

    [Fact]
    public void Nodes_that_lived_through_hours_of_which_nothing_came_had_no_way_out()
    {
        ForAll(moment => moment.IsSilent = true, _home.Now.AddHours(-20), _home.Now.AddHours(-9));
        Assert.Equal(Cause.WanDown, _home.Assess().Findings[0].Cause);
    }

    [Fact]
    public void Without_round_trips_nothing_is_said_of_the_line()
    {
        HomeFacts facts = _home.ToFacts();
        HomeAssessment home = HomeInsight.Assess(Changed(facts, report =>
        {
            report.Latency = null;
            report.Replayed = true;
        }));
        Assert.Empty(home.Findings);
        Assert.NotNull(home.Index);
        Assert.Contains("no node measures round trips", home.Dismissed.Single(dismissal => dismissal.Cause == Cause.WanDown).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_of_stations_that_no_access_point_can_have_is_no_crowd()
    {
        _home.Node("gateway").Birth.Role = Role.MeshNode;
        ForAll(moment =>
        {
            moment.Utilization = Math.Min(96, 30 + (26 * moment.Activity));
            moment.Stations = 65535;
        });
        Assert.DoesNotContain(_home.Assess().Findings, finding => finding.Cause == Cause.OverloadedAccessPoint);
    }

    [Fact]
    public void A_crowd_for_an_hour_in_a_short_history_is_no_overload()
    {
        var home = new MadeHome(days: 0) { Now = Windows.Monday.AddHours(8) };
        home.Add("hall").From(home.Now.AddHours(-2), moment => moment.Clients = 40);
        Assert.DoesNotContain(home.Assess().Findings, finding => finding.Cause == Cause.OverloadedAccessPoint);
    }

    [Fact]
    public void Weak_clients_of_a_single_day_are_no_poor_coverage()
    {
        var home = new MadeHome(days: 0) { Now = Windows.Monday.AddHours(21) };
        home.Add("hall").Always(moment =>
        {
            moment.Clients = 3;
            moment.WeakClientShare = 0.6;
        });
        Assert.DoesNotContain(home.Assess().Findings, finding => finding.Cause == Cause.PoorCoverage);
    }

    [Fact]
    public void Interruptions_at_both_ends_of_a_power_cut_are_no_weak_backhaul()
    {
        DateTimeOffset cut = _home.Now.AddHours(-3).AddMinutes(10), back = cut.AddMinutes(100);
        ForAll(moment => moment.IsSilent = true, cut, back);
        foreach (MadeNode node in _home.Nodes.Skip(1))
        {
            node.From(cut.AddMinutes(-5), moment => moment.Disconnects = 1, cut);
            node.From(back, moment => moment.Disconnects = 1, back.AddMinutes(5));
        }

        Assert.DoesNotContain(_home.Assess().Findings, finding => finding.Cause == Cause.WeakBackhaul);
    }

    [Fact]
    public void One_busy_evening_of_the_neighbours_is_nobody_new()
    {
        ForAll(moment => moment.Utilization += 28, _home.Now.AddHours(-20));
        Assert.Empty(_home.Assess().Findings);
    }

    [Fact]
    public void Neighbours_that_use_more_for_days_are_told_and_not_called_new()
    {
        ForAll(moment => moment.Utilization += 28, _home.Now.AddDays(-5));
        Finding finding = _home.Assess().Findings[0];
        Assert.Equal(Cause.NewNeighbour, finding.Cause);
        Assert.Contains("somebody who was there before", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_was_good_all_day_has_no_worst_part()
    {
        HomeAssessment home = _home.Assess();
        NodeAssessment node = home.Nodes.First(node => node.Day.Known == node.Day.Good);
        Assert.Null(node.WorstPart);
    }

    [Fact]
    public void What_a_node_noticed_is_told_in_words_and_units_of_people()
    {
        _home.Node("bedroom").From(_home.Now.AddDays(-4), moment => moment.LinkDbm -= 18);
        _home.Node("bedroom").Notices.Add(new NodeNotice(_home.Now.AddDays(-3), _home.Now.AddDays(-4), new Event { Metric = Metric.LinkRssi, Baseline = -61, Now = -79 }));
        Evidence notice = _home.Assess().Findings[0].Evidence.Single(evidence => evidence.Metric.StartsWith("notice", StringComparison.Ordinal));
        Assert.Equal("The bedroom node noticed it itself: uplink RSSI fell from −61 to −79 dBm on Thursday evening.", notice.Text);
        Assert.Equal("dBm", notice.Unit);
    }

    private static HomeFacts Changed(HomeFacts facts, Action<Report> change)
    {
        NodeWindow Change(NodeWindow window)
        {
            Report report = window.Report.Clone();
            change(report);
            return window with { Report = report };
        }

        return facts with
        {
            Nodes = [.. facts.Nodes.Select(node => node with
            {
                Windows = [.. node.Windows.Select(Change)],
                Hours = [.. node.Hours.Select(hour => HomeInsight.HourOf(hour.Start, [Change(hour.Sum!)], node.Birth))],
            })],
        };
    }

    private void ForAll(Action<Moment> change, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        foreach (MadeNode node in _home.Nodes)
        {
            node.From(from ?? DateTimeOffset.MinValue, change, to);
        }
    }
}
