using GatewayAgent.Collector.Assessing;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector.Stores;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

public abstract class AssessorTests : IDisposable
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryStore _store;
    private readonly StoreConnections _connections;
    private readonly StoppedClock _clock = new() { Now = _noon };
    private readonly List<string> _failures = [];
    private Func<HomeFacts, HomeAssessment> _assess = Homes.Assess;

    protected AssessorTests(StoreKind kind)
    {
        _store = new TemporaryStore(kind) { NowMs = _noon.ToUnixTimeMilliseconds(), AssessEvery = TimeSpan.FromMinutes(5) };
        _connections = _store.Upkeep();
    }

    public void Dispose()
    {
        _connections.Dispose();
        _store.Dispose();
    }

    [StoreFact]
    public void An_hour_is_made_of_its_windows_once_and_again_when_another_comes()
    {
        Send(At(1, _noon.AddMinutes(-61)), At(2, _noon.AddMinutes(-2)));
        Assert.Equal(2, Scalar("SELECT count(*) FROM stale_hours"));

        AssessAll();
        Assert.Equal([("10:00", 1L), ("11:00", 1L)], Hours());
        Assert.Equal(0, Scalar("SELECT count(*) FROM stale_hours"));

        Send(At(3, _noon.AddMinutes(-1)));
        Pass(TimeSpan.FromHours(1));
        Assert.Equal([("10:00", 1L), ("11:00", 2L)], Hours());
    }

    [StoreFact]
    public void A_window_counts_in_the_hour_that_its_middle_lies_in()
    {
        Send(At(1, _noon.AddSeconds(-31)), At(2, _noon.AddSeconds(-30)));
        _store.NowMs += 60_000;
        Pass(TimeSpan.FromHours(1));

        Assert.Equal([("11:00", 1L), ("12:00", 1L)], Hours());
    }

    [StoreFact]
    public void An_hour_is_read_back_as_it_was_made()
    {
        Send(At(1, _noon.AddMinutes(-10)), At(2, _noon.AddMinutes(-9)));
        NodeHour? made = null;
        AssessAll((start, windows, birth) => made = Homes.HourOf(start, windows, birth));

        NodeHour read = Assert.Single(Facts().Nodes[0].Hours);
        Assert.Equal((made!.Start, made.Users, made.Sum!.Start, made.Sum.Report), (read.Start, read.Users, read.Sum!.Start, read.Sum.Report));
        Assert.Equal(made.Sum.Rows, read.Sum.Rows);
    }

    [StoreFact]
    public void A_report_that_comes_while_its_hour_is_made_leaves_it_stale()
    {
        Send(At(1, _noon.AddMinutes(-10)));
        _assess = facts =>
        {
            Send(At(2, _noon.AddMinutes(-9)));
            return Homes.Assess(facts);
        };
        AssessAll();
        Assert.Equal([("11:00", 1L)], Hours());
        Assert.Equal(1, Scalar("SELECT count(*) FROM stale_hours WHERE taken = 0"));

        _assess = Homes.Assess;
        Pass(TimeSpan.FromHours(1));
        Assert.Equal([("11:00", 2L)], Hours());
    }

    [StoreFact]
    public void An_hour_whose_assessor_died_is_made_by_the_next()
    {
        Send(At(1, _noon.AddMinutes(-10)));
        _assess = _ => throw new CollectorStoreException("killed");
        Assert.Throws<CollectorStoreException>(() => Assessor().Step());
        _assess = Homes.Assess;
        AssessAll();
        Assert.Empty(Hours());

        Pass(TimeSpan.FromMinutes(11));
        Assert.Equal([("11:00", 1L)], Hours());
    }

    [StoreFact]
    public void An_assessor_that_was_succeeded_cannot_save()
    {
        Send(At(1, _noon.AddMinutes(-10)));
        _assess = facts =>
        {
            _assess = later => Homes.Healthy(later.Home, later.Now, index: 50);
            Pass(TimeSpan.FromMinutes(11));
            return Homes.Assess(facts);
        };
        Assessor().Step();

        Assert.Equal(50, Assessment()!.Index);
    }

    [StoreFact]
    public void A_home_is_assessed_every_hour_and_within_five_minutes_when_something_happens()
    {
        Send(At(1, _noon.AddMinutes(-10)));
        uint told = 0;
        List<int> assessed = AssessedIn(130, minute =>
        {
            if (minute is 3 or 20)
            {
                _store.Write(("gw/v1/home/node/event", new Event { BootId = Reports.Boot, Sequence = ++told, Metric = Metric.LinkRssi }.ToByteArray()));
            }
            else
            {
                Send(At((uint)minute + 2, _clock.Now.AddMinutes(-1)));
            }
        });

        Assert.Equal([0, 5, 20, 80], assessed);
    }

    [StoreFact]
    public void A_home_is_assessed_when_a_second_window_says_that_it_got_worse_or_better()
    {
        Send(At(1, _noon.AddMinutes(-10)));
        List<int> assessed = AssessedIn(55, minute =>
        {
            Report window = At((uint)minute + 2, _clock.Now.AddMinutes(-1));
            window.Latency = new Latency { GatewayFailures = minute is 10 or (>= 21 and < 40) ? 9u : 0u, GatewayHistogram = { 3, 1 } };
            Send(window);
        });

        Assert.Equal([0, 22, 41], assessed);
    }

    [StoreFact]
    public void A_home_of_which_nothing_can_be_said_yet_is_assessed_every_five_minutes()
    {
        _assess = facts => Homes.Healthy(facts.Home, facts.Now, index: null);
        Send(At(1, _noon.AddMinutes(-10)));

        Assert.Equal([0, 5, 10], AssessedIn(13, minute => Send(At((uint)minute + 2, _clock.Now.AddMinutes(-1)))));
    }

    [StoreFact]
    public void A_clock_that_was_set_back_leaves_no_home_waiting()
    {
        Send(At(1, _noon.AddMinutes(-10)));
        Pass(TimeSpan.FromDays(365));
        _clock.Now = _noon.AddMinutes(10);
        AssessAll();
        AssessAll();

        Assert.Equal(_noon.AddMinutes(10), Assessment()!.At);
    }

    [StoreFact]
    public void What_was_received_by_a_clock_that_was_set_back_is_heard_of_now()
    {
        _store.NowMs = _noon.AddDays(365).ToUnixTimeMilliseconds();
        Send(Reports.Single(1));
        _store.NowMs = _noon.ToUnixTimeMilliseconds();
        Send(Reports.Single(2));

        Assert.Equal(_noon, Facts().Nodes[0].LastReceived);
    }

    [StoreFact]
    public void No_window_lies_in_the_future()
    {
        Send(At(1, _noon.AddMinutes(-10)));
        Report ahead = Reports.Single(2);
        ahead.StartS = 4_000_000_000;
        Send(ahead);

        Assert.Equal(_noon.ToUnixTimeSeconds() / 3600, Scalar("SELECT max(hour) FROM stale_hours"));
        AssessAll();
        Assert.Equal([("11:00", 1L), ("12:00", 1L)], Hours());
    }

    [StoreFact]
    public void Windows_that_say_the_same_of_themselves_and_texts_that_hold_anything_stop_no_assessment()
    {
        Report[] same = [At(1, _noon.AddMinutes(-10)), At(2, _noon.AddMinutes(-10))];
        same[0].Survey = same[1].Survey = null;
        Send(same);
        HomeAssessment sick = Homes.Sick("home", _noon, Cause.SickNode, 50);
        _assess = _ => sick with { Findings = [sick.Findings[0] with { Node = "\0", Summary = "'; DROP TABLE nodes; --\0\uD800" }] };
        AssessAll((start, windows, birth) => HomeInsight.HourOf(start, windows, birth));

        Assert.Empty(_failures);
        Assert.Equal((1, 1), (Scalar("SELECT count(*) FROM assessments"), Scalar("SELECT count(*) FROM node_hours")));
    }

    [StoreFact]
    public void The_windows_of_two_days_are_those_of_the_reports_whoever_reads_them()
    {
        var seen = new List<NodeWindow>();
        _assess = facts =>
        {
            seen = [.. facts.Nodes[0].Windows];
            return Homes.Assess(facts);
        };
        for (uint sequence = 1; sequence <= 60; sequence++)
        {
            Send(At(sequence, _clock.Now.AddMinutes(-1)));
            Pass(TimeSpan.FromMinutes(61));
        }

        NodeWindow[] read = [.. Facts().Nodes[0].Windows];
        Assert.Equal(read.Select(window => (window.Start, window.Report)), seen.Select(window => (window.Start, window.Report)));
        Assert.Equal(read.SelectMany(window => window.Rows), seen.SelectMany(window => window.Rows));
        Assert.InRange(read.Length, 46, 48);
        Assert.InRange(Scalar("SELECT count(*) FROM hour_windows"), 46, 50);
    }

    [StoreFact]
    public void Events_and_silent_boots_are_forgotten_when_their_hours_are_and_begin_anew()
    {
        Send(At(1, _noon.AddMinutes(-10)));
        _store.Write(("gw/v1/home/node/event", new Event { BootId = Reports.Boot, Sequence = 1 }.ToByteArray()));
        AssessAll();
        Pass(TimeSpan.FromDays(401));
        Forget();
        Assert.Equal((1, 0), (Scalar("SELECT count(*) FROM boots"), Scalar("SELECT count(*) FROM events")));
        Drop(_clock.Now.AddDays(-14));
        Forget();
        Assert.Equal((0, 0), (Scalar("SELECT count(*) FROM boots"), Scalar("SELECT count(*) FROM retired")));

        Send(At(2, _clock.Now.AddMinutes(-1)));
        using CollectorStore store = _store.Read();
        Assert.Equal(2u, Assert.Single(store.Nodes()).Report?.Sequence);
    }

    [StoreFact]
    public void A_will_is_news()
    {
        Send(At(1, _noon.AddMinutes(-10)));
        AssessAll();
        Pass(TimeSpan.FromMinutes(1), isAssessed: false);
        _store.Write(("gw/v1/home/node/state", new State { Status = State.Types.Status.Offline }.ToByteArray()));

        Pass(TimeSpan.FromMinutes(4));
        Assert.Equal(_noon.AddMinutes(5), Assessment()!.At);
    }

    [StoreFact]
    public void A_home_that_cannot_be_assessed_is_told_and_holds_no_other_up()
    {
        _store.Write([.. Enumerable.Range(0, 40).Select(i => ($"gw/v1/h{i}/node/report", At(1, _noon.AddMinutes(-10)).ToByteArray()))]);
        _assess = facts => facts.Home == "h7" ? throw new InvalidOperationException("broken") : Homes.Assess(facts);
        AssessAll();

        Assert.Equal(["h7 is not assessed: broken"], _failures);
        Assert.Equal(39, Scalar("SELECT count(*) FROM assessments"));
        _assess = Homes.Assess;
        Pass(TimeSpan.FromHours(1));
        Assert.Equal(40, Scalar("SELECT count(*) FROM assessments"));
        Assert.Equal(0, Scalar("SELECT count(*) FROM stale_hours"));
    }

    [StoreFact]
    public void A_merged_report_takes_its_windows_out_of_the_hours_they_were_in()
    {
        Send(At(1, _noon.AddMinutes(-62)), At(3, _noon.AddMinutes(-10)));
        AssessAll();
        Report merged = Reports.Merged(1, 4);
        (merged.StartS, merged.SpanS, merged.BootTime) = (0, 3_600, Unix(_noon.AddMinutes(-62)));
        Send(merged);
        Pass(TimeSpan.FromHours(1));

        Assert.Equal([("11:00", 4L)], Hours());
    }

    [StoreFact]
    public void A_node_that_learns_the_time_has_its_windows_moved()
    {
        Report late = Reports.Single(1); // ended at uptime 60, hours before it came
        Send(late);
        AssessAll();
        Assert.Equal([("11:00", 1L)], Hours());

        Report timed = Reports.Single(2);
        timed.BootTime = Unix(_noon.AddHours(-5));
        Send(timed);
        Pass(TimeSpan.FromHours(1));
        Assert.Equal([("07:00", 2L)], Hours());
    }

    [StoreFact]
    public void Hours_that_are_not_kept_are_neither_made_nor_stored()
    {
        Send(At(1, _noon.AddDays(-401)), At(2, _noon.AddMinutes(-1)));
        AssessAll();

        Assert.Equal([("11:00", 1L)], Hours());
        Assert.Equal(0, Scalar("SELECT count(*) FROM stale_hours"));
        _clock.Now = _noon.AddDays(401);
        AssessAll();
        Assert.Equal(0, Scalar("SELECT count(*) FROM node_hours"));
    }

    [StoreFact]
    public void Reports_are_dropped_by_age_and_their_hours_stay()
    {
        Send(At(1, _noon.AddMinutes(-10)), At(2, _noon.AddMinutes(-9)));
        AssessAll();
        Assert.False(_connections.DropReports(_noon, _clock.Now));

        Pass(TimeSpan.FromDays(1));
        Send(At(3, _clock.Now.AddMinutes(-1)));
        Drop(_noon.AddHours(12));
        Assert.Equal(1, Scalar("SELECT count(*) FROM reports"));
        using CollectorStore store = _store.Read();
        Assert.Equal(0, store.MissingSequences());
        Assert.Equal([("11:00", 2L)], Hours());
    }

    [StoreFact]
    public void A_report_whose_hour_was_not_made_is_not_dropped_for_a_week()
    {
        Send(At(1, _noon.AddMinutes(-10)));

        Drop(_noon.AddDays(6));
        Assert.Equal(1, Scalar("SELECT count(*) FROM reports"));
        Drop(_noon.AddDays(8));
        Assert.Equal(0, Scalar("SELECT count(*) FROM reports"));
    }

    [StoreFact]
    public void What_was_dropped_by_age_is_never_stored_again()
    {
        Send(At(1, _noon.AddMinutes(-10)), At(2, _noon.AddMinutes(-9)), At(4, _noon.AddMinutes(-8)));
        Pass(TimeSpan.FromDays(1));
        Drop(_noon.AddHours(12));

        Assert.Equal(4u, _store.WriteReports(At(2, _noon.AddMinutes(-9)), Reports.Merged(1, 2)));
        Assert.Equal(5u, _store.WriteReports(Reports.Merged(4, 5)));
        Assert.Equal(6u, _store.WriteReports(Reports.Single(6)));
        Assert.Equal((4, 2, 1), (_store.Counters.Stored, _store.Counters.Duplicates, _store.Counters.Overlaps));
        using CollectorStore store = _store.Read();
        Assert.Equal("sequence 4–5: holds a part of one that was stored and dropped by age", Assert.Single(store.Rejected(9)).Reason);
    }

    [StoreFact]
    public void A_late_report_adds_to_an_hour_whose_reports_are_gone()
    {
        Send(At(1, _noon.AddMinutes(-10)), At(2, _noon.AddMinutes(-9)));
        AssessAll();
        Pass(TimeSpan.FromDays(15));
        Drop(_clock.Now.AddDays(-14));
        Send(At(3, _noon.AddMinutes(-8)));
        Pass(TimeSpan.FromHours(1));

        // The sum of two counts as one report that merges one more.
        Assert.Equal([("11:00", 3L)], Hours());
        Assert.Equal(1 + 2 + 3, Facts().Nodes[0].Hours[0].Sum!.Rows.Sum(row => row.Beacons));
    }

    private static uint Unix(DateTimeOffset time) => (uint)time.ToUnixTimeSeconds();

    /// <summary>A window of a minute that begins then, of a node that knows the time.</summary>
    private static Report At(uint sequence, DateTimeOffset start)
    {
        Report report = Reports.Single(sequence);
        (report.BootTime, report.StartS) = (Unix(_noon.AddDays(-1_000)), (uint)(start - _noon.AddDays(-1_000)).TotalSeconds);
        return report;
    }

    private void Send(params ReadOnlySpan<Report> reports) => _store.WriteReports(reports);

    private HomeAssessor Assessor(HourScorer? score = null) =>
        new(_connections, _store.Options, score ?? Homes.HourOf, facts => _assess(facts), _clock, _failures.Add);

    private void AssessAll(HourScorer? score = null)
    {
        HomeAssessor assessor = Assessor(score);
        while (assessor.Step())
        {
        }
    }

    private void Pass(TimeSpan time, bool isAssessed = true)
    {
        _clock.Now += time;
        _store.NowMs = _clock.Now.ToUnixTimeMilliseconds();
        if (isAssessed)
        {
            AssessAll();
        }
    }

    /// <summary>The minutes in which the home was assessed, minute by minute.</summary>
    private List<int> AssessedIn(int minutes, Action<int> happens)
    {
        var assessed = new List<int>();
        for (int minute = 0; minute < minutes; minute++)
        {
            long before = AssessedAt();
            happens(minute);
            AssessAll();
            if (AssessedAt() != before)
            {
                assessed.Add(minute);
            }

            Pass(TimeSpan.FromMinutes(1), isAssessed: false);
        }

        return assessed;
    }

    private void Forget()
    {
        while (Forgetting.Some(_connections, _clock.Now.AddDays(-400)))
        {
        }
    }

    private void Drop(DateTimeOffset before)
    {
        while (_connections.DropReports(before, _clock.Now))
        {
        }
    }

    private long Scalar(string sql) => _store.Scalar(sql);

    private HomeAssessment? Assessment()
    {
        using CollectorStore store = _store.Read();
        return store.Assessment("home");
    }

    private long AssessedAt() => Assessment()?.At.ToUnixTimeMilliseconds() ?? 0;

    private HomeFacts Facts()
    {
        using CollectorStore store = _store.Read();
        return store.Facts("home", _clock.Now.AddDays(-28), _clock.Now)!;
    }

    private List<(string Start, long Good)> Hours() =>
        _connections.Read(connection => HourReader.Read(connection, nodeKey: 1, 0, long.MaxValue)
            .ConvertAll(stored => (stored.Hour.Start.ToString("HH:mm"), stored.Hour.Users.Good)));

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

public sealed class AssessorTestsOnSqlite() : AssessorTests(StoreKind.Sqlite);

public sealed class AssessorTestsOnPostgres() : AssessorTests(StoreKind.Postgres);
