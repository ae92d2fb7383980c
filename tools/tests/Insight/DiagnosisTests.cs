using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Insight;

/// <summary>Homes made by hand with one trouble each, and what is said of them.</summary>
public class DiagnosisTests
{
    private readonly MadeHome _home = MadeHome.Usual();

    private DateTimeOffset FourDaysAgo => _home.Now.AddDays(-4);

    [Fact]
    public void A_home_without_trouble_has_no_finding()
    {
        HomeAssessment home = _home.Assess();
        Assert.Empty(home.Findings);
        Assert.False(home.IsGettingWorse);
        Assert.InRange(home.Index!.Value, 97, 100);
        Assert.Equal(Enum.GetValues<Cause>().Order(), home.Dismissed.Select(dismissal => dismissal.Cause).Order());
    }

    [Fact]
    public void A_link_that_fell_is_a_weak_backhaul()
    {
        _home.Node("bedroom").From(FourDaysAgo, moment => moment.LinkDbm -= 18);
        Finding finding = AssertFirst(Cause.WeakBackhaul, "bedroom");
        AssertSince(FourDaysAgo, finding);
        Assert.Contains("fell from −61 to −79 dBm on Thursday evening and has stayed there", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_breaks_is_a_weak_backhaul_although_it_is_strong()
    {
        _home.Node("attic").From(FourDaysAgo, moment =>
        {
            moment.Disconnects = (uint)((int)(moment.Hour * 12) % 6 == 0 ? 1 : 0);
            moment.GatewayFailures = 1;
        });
        AssertSince(FourDaysAgo, AssertFirst(Cause.WeakBackhaul, "attic"));
    }

    [Fact]
    public void A_link_that_fades_over_two_weeks_is_a_weak_backhaul()
    {
        DateTimeOffset from = _home.Now.AddDays(-14);
        _home.Node("attic").From(from, moment => moment.LinkDbm -= 14 * (moment.Start - from).TotalDays / 14);
        AssertFirst(Cause.WeakBackhaul, "attic");
    }

    [Fact]
    public void What_hangs_on_a_node_with_a_weak_link_suffers_and_the_node_is_named()
    {
        _home.Node("attic").HangsOn(_home.Node("hall")).From(FourDaysAgo, moment => moment.GatewayFailures = 2);
        _home.Node("hall").From(FourDaysAgo, moment =>
        {
            moment.LinkDbm -= 28;
            moment.GatewayFailures = 2;
        });
        HomeAssessment home = _home.Assess();
        Assert.Equal((Cause.WeakBackhaul, "hall"), (home.Findings[0].Cause, home.Findings[0].Node));
        Assert.DoesNotContain(home.Findings, finding => finding.Node == "attic");
    }

    [Fact]
    public void A_link_that_was_never_good_is_bad_placement()
    {
        _home.Node("attic").Always(moment => moment.LinkDbm -= 16);
        Finding finding = AssertFirst(Cause.BadPlacement, "attic");
        Assert.Null(finding.Since);
        Assert.True(_home.Assess().Nodes.Single(node => node.Node == "attic").Day.BadBy(GatewayAgent.Insight.Scoring.Classifier.Placement) > 0);
    }

    [Fact]
    public void Clients_that_are_weak_every_day_are_poor_coverage()
    {
        _home.Node("bedroom").Always(moment => moment.WeakClientShare = 0.5);
        AssertFirst(Cause.PoorCoverage, "bedroom");
    }

    [Fact]
    public void A_channel_that_is_full_as_long_as_is_known_is_congested()
    {
        ForAll(moment =>
        {
            moment.Utilization = Math.Min(96, 48 + (18 * moment.Activity));
            moment.Networks = 12;
        });
        Finding finding = AssertFirst(Cause.CongestedChannel, null);
        Assert.Contains("channel 1:", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_others_use_since_a_day_has_a_new_neighbour()
    {
        ForAll(moment => Add(moment, 22), FourDaysAgo);
        AssertSince(FourDaysAgo, AssertFirst(Cause.NewNeighbour, null));
    }

    [Fact]
    public void Bursts_at_meal_times_without_wifi_are_interference()
    {
        ForAll(Microwave);
        AssertFirst(Cause.Interference, null);
    }

    [Fact]
    public void A_crowd_on_one_access_point_overloads_it()
    {
        _home.Node("hall").Always(moment => moment.Clients = Math.Round(14 + (12 * moment.Activity)));
        AssertFirst(Cause.OverloadedAccessPoint, "hall");
    }

    [Fact]
    public void Many_clients_on_a_full_channel_overload_an_access_point()
    {
        _home.Node("gateway").Always(moment => moment.Clients = Math.Round(4 + (9 * moment.Activity)));
        ForAll(moment => moment.Utilization = Math.Min(96, 20 + (30 * moment.Activity)));
        AssertFirst(Cause.OverloadedAccessPoint, "gateway");
    }

    [Fact]
    public void Nodes_that_reach_the_gateway_and_nobody_beyond_have_no_way_out()
    {
        DateTimeOffset from = _home.Now.AddHours(-9), to = _home.Now.AddHours(-5);
        ForAll(moment =>
        {
            moment.BrokerMs = -1;
            moment.IsReplayed = true;
        }, from, to);
        AssertSince(from, AssertFirst(Cause.WanDown, null));
    }

    [Fact]
    public void A_home_that_fell_silent_at_once_is_cut_off()
    {
        DateTimeOffset from = _home.Now.AddHours(-3);
        foreach (MadeNode node in _home.Nodes)
        {
            node.From(from, moment => moment.IsSilent = true);
            node.Status = State.Types.Status.Offline;
            node.StatusSince = from.AddMinutes(2);
        }

        AssertSince(from, AssertFirst(Cause.WanDown, null));
    }

    [Fact]
    public void A_node_that_crashes_is_sick()
    {
        _home.Node("bedroom").From(FourDaysAgo, moment =>
        {
            bool crashes = (int)moment.Hour is 3 or 15 && moment.Start.Minute == 20;
            moment.Boots = crashes;
            moment.ResetCause = crashes ? ResetCause.TaskWatchdog : ResetCause.Unknown;
        });
        AssertFirst(Cause.SickNode, "bedroom");
    }

    [Fact]
    public void A_node_that_runs_out_of_memory_is_sick()
    {
        DateTimeOffset from = _home.Now.AddDays(-6);
        _home.Node("hall").From(from, moment => moment.NativeFreeKib = (uint)(90 - (10 * (moment.Start - from).TotalDays)));
        AssertFirst(Cause.SickNode, "hall");
    }

    [Fact]
    public void A_node_that_is_not_heard_while_others_are_is_silent()
    {
        DateTimeOffset from = _home.Now.AddHours(-5);
        MadeNode node = _home.Node("attic").From(from, moment => moment.IsSilent = true);
        node.Status = State.Types.Status.Offline;
        node.StatusSince = from.AddMinutes(3);
        AssertSince(from, AssertFirst(Cause.SilentNode, "attic"));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public void A_node_is_given_two_hours_to_find_the_relay_that_was_switched_on_again(int hoursBack, bool isSilent)
    {
        DateTimeOffset cut = _home.Now.AddHours(-12), back = _home.Now.AddHours(-hoursBack);
        _home.Node("hall").From(cut, moment => moment.IsSilent = true, back).From(back, moment => moment.Boots = true, back.AddMinutes(1));
        _home.Node("attic").HangsOn(_home.Node("hall")).From(cut, moment => moment.IsSilent = true);
        Assert.Equal(isSilent, _home.Assess().Findings.Any(finding => (finding.Cause, finding.Node) == (Cause.SilentNode, "attic")));
    }

    private static void Add(Moment moment, double utilization)
    {
        moment.Utilization = Math.Min(96, moment.Utilization + (utilization * (0.6 + (0.3 * moment.Activity))));
        moment.Networks++;
    }

    private static void Microwave(Moment moment)
    {
        int minutes = (int)(moment.Hour * 60);
        if (minutes is (>= 425 and < 435) or (>= 740 and < 750) or (>= 1095 and < 1105))
        {
            moment.Airtime = moment.Utilization * 0.5;
            moment.Utilization = Math.Min(90, moment.Utilization + 45);
            moment.Most = 98;
            moment.BrokenShare = 0.3;
        }
    }

    private void ForAll(Action<Moment> change, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        foreach (MadeNode node in _home.Nodes)
        {
            node.From(from ?? DateTimeOffset.MinValue, change, to);
        }
    }

    private Finding AssertFirst(Cause cause, string? node)
    {
        HomeAssessment home = _home.Assess();
        Assert.True(home.Findings.Count > 0, string.Join("\n", home.Dismissed));
        Finding first = home.Findings[0];
        Assert.True((cause, node) == (first.Cause, first.Node), string.Join("\n", home.Findings.Select(finding => $"{finding.Cause} {finding.Node} {finding.Confidence} {finding.Summary}")));
        Assert.NotEmpty(first.Evidence);
        return first;
    }

    private static void AssertSince(DateTimeOffset expected, Finding finding) =>
        Assert.True((finding.Since!.Value - expected).Duration() < TimeSpan.FromHours(7), $"{finding.Since} is not about {expected}");
}
