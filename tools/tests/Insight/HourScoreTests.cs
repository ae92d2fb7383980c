using GatewayAgent.Insight;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Insight;

/// <summary>How good an hour was, and what made it bad.</summary>
public class HourScoreTests
{
    private static readonly DateTimeOffset _hour = Windows.Monday.AddHours(9);

    public static TheoryData<Classifier, string> Causes { get; } = new()
    {
        { Classifier.Backhaul, "weak uplink" },
        { Classifier.Backhaul, "slow gateway" },
        { Classifier.Coverage, "weak clients" },
        { Classifier.Congestion, "full channel" },
        { Classifier.Interference, "bursts" },
        { Classifier.Wan, "no broker" },
        { Classifier.Wan, "told later" },
        { Classifier.Overload, "crowd" },
        { Classifier.NodeHealth, "crash" },
    };

    [Fact]
    public void An_hour_without_trouble_is_good_for_all_its_users()
    {
        NodeHour hour = Score();
        Assert.Equal(new UserSeconds(2 * 3600, 0, UserSeconds.None.Bad), hour.Users);
        Assert.Equal(100, hour.Users.Score);
        Assert.Equal(3600u, hour.Sum!.Report.SpanS);
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public void Bad_time_counts_for_what_made_it_bad(Classifier classifier, string trouble)
    {
        NodeHour hour = Score(report => Make(trouble, report));
        Assert.True(hour.Users.BadBy(classifier) > 0, $"{trouble}: {hour.Users} {string.Join(' ', hour.Users.Bad)}");
        Assert.Equal(hour.Users.Bad.Sum(), hour.Users.BadBy(classifier));
    }

    [Fact]
    public void A_window_without_any_report_is_unknown_and_not_good()
    {
        UserSeconds users = HomeInsight.HourOf(_hour, [], null).Users;
        Assert.Equal(new UserSeconds(0, 3600, UserSeconds.None.Bad), users);
        Assert.Null(users.Score);
    }

    [Fact]
    public void What_is_missing_of_an_hour_is_unknown()
    {
        UserSeconds users = HomeInsight.HourOf(_hour, Windows.Hour(_hour, windows: 8), null).Users;
        Assert.Equal((2 * 2400L, 1200L), (users.Good, users.Unknown));
    }

    [Fact]
    public void A_window_that_says_nothing_of_users_is_unknown()
    {
        NodeHour hour = Score(report =>
        {
            report.Link = null;
            report.Latency = null;
            report.Clients = null;
        });
        Assert.Equal((0L, 3600L), (hour.Users.Good, hour.Users.Unknown));
    }

    [Fact]
    public void A_channel_of_which_nothing_is_known_is_not_good_and_not_bad()
    {
        NodeHour stock = Score(report => report.Survey = null);
        Assert.Equal(100, stock.Users.Score);
        Assert.Equal(0, stock.Users.BadBy(Classifier.Congestion));
    }

    [Fact]
    public void Half_of_the_clients_out_of_reach_is_half_of_the_time_bad()
    {
        UserSeconds users = Score(report => Weaken(report.Clients, 30)).Users;
        Assert.Equal((3600L, 3600L), (users.Good, users.BadBy(Classifier.Coverage)));
    }

    [Fact]
    public void The_rssi_of_a_client_that_left_hours_ago_says_nothing()
    {
        UserSeconds users = Score(report =>
        {
            Weaken(report.Clients, 60);
            report.Clients.AgeS = 7000;
        }).Users;
        Assert.Equal(100, users.Score);
    }

    [Fact]
    public void A_companion_s_own_uplink_serves_nobody()
    {
        var companion = new State { Role = Role.Companion };
        IReadOnlyList<NodeWindow> windows = Windows.Hour(_hour, report => Make("weak uplink", report));
        Assert.Equal(100, HomeInsight.HourOf(_hour, windows, companion).Users.Score);
        Assert.Equal(0, HomeInsight.HourOf(_hour, windows, null).Users.Score);
    }

    [Fact]
    public void Nobody_at_home_is_one_user()
    {
        UserSeconds users = Score(report => report.Clients = new Clients { Samples = 30 }).Users;
        Assert.Equal(3600, users.Good);
    }

    [Fact]
    public void Limits_can_be_others()
    {
        Thresholds strict = Thresholds.Default with { LinkRssi = new Limit(-50, "dBm", "house rule") };
        NodeHour hour = HomeInsight.HourOf(_hour, Windows.Hour(_hour), null, strict);
        Assert.Equal(0, hour.Users.Score);
    }

    private static NodeHour Score(Action<Report>? change = null) => HomeInsight.HourOf(_hour, Windows.Hour(_hour, change), null);

    private static void Weaken(Clients clients, uint samples)
    {
        clients.RssiHistogram.Clear();
        clients.RssiHistogram.Add([(uint)HistogramScale.Rssi.BinOf(-80), samples, 0, 0, 0, 0, 60 - samples]);
    }

    private static void Make(string trouble, Report report)
    {
        switch (trouble)
        {
            case "weak uplink":
                report.Link.RssiHistogram.Clear();
                report.Link.RssiHistogram.Add(Windows.Rssi(-82, 300));
                break;
            case "slow gateway":
                report.Latency.GatewayHistogram.Clear();
                report.Latency.GatewayHistogram.Add([8, 6]);
                report.Latency.GatewayFailures = 4;
                break;
            case "weak clients":
                Weaken(report.Clients, 40);
                break;
            case "full channel":
                report.Survey = Windows.Heard(6, 82, 60, 95, 200_000);
                break;
            case "bursts":
                report.Survey = Windows.Heard(6, 45, 15, 97, 20_000);
                break;
            case "no broker":
                report.Latency.BrokerHistogram.Clear();
                report.Latency.BrokerFailures = 1;
                break;
            case "told later":
                report.Latency.BrokerHistogram.Clear();
                report.Replayed = true;
                break;
            case "crowd":
                report.Clients.CountSum = 30 * 34;
                report.Clients.CountMax = 36;
                break;
            case "crash":
                report.Health.ResetCause = report.Sequence == 3 ? ResetCause.TaskWatchdog : ResetCause.Unknown;
                break;
        }
    }
}
