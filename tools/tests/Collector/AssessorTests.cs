using GatewayAgent.Collector.Assessing;
using GatewayAgent.Collector.Store;
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
        _store = new TemporaryStore(kind) { NowMs = _noon.ToUnixTimeMilliseconds() };
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
        Pass(TimeSpan.FromMinutes(5));
        Assert.Equal([("10:00", 1L), ("11:00", 2L)], Hours());
    }

    [StoreFact]
    public void A_window_counts_in_the_hour_that_its_middle_lies_in()
    {
        Send(At(1, _noon.AddSeconds(-31)), At(2, _noon.AddSeconds(-30)));
        _store.NowMs += 60_000;
        Pass(TimeSpan.FromMinutes(5));

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
        Pass(TimeSpan.FromMinutes(5));
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
    public void A_home_that_reports_is_assessed_every_five_minutes_and_a_silent_one_every_hour()
    {
        Send(At(1, _noon.AddMinutes(-10)));
        var assessed = new List<int>();
        for (int minute = 0; minute < 130; minute++)
        {
            long before = AssessedAt();
            if (minute == 3)
            {
                Send(At(2, _clock.Now.AddMinutes(-1)));
            }

            AssessAll();
            if (AssessedAt() != before)
            {
                assessed.Add(minute);
            }

            Pass(TimeSpan.FromMinutes(1), isAssessed: false);
        }

        Assert.Equal([0, 5, 65, 125], assessed);
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
        Pass(TimeSpan.FromMinutes(5));

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
        Pass(TimeSpan.FromMinutes(5));
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
        Assert.False(_connections.DropReports(_noon));

        Pass(TimeSpan.FromDays(1));
        Send(At(3, _clock.Now.AddMinutes(-1)));
        Drop(_noon.AddHours(12));
        Assert.Equal((1, 1), (Scalar("SELECT count(*) FROM reports"), Scalar("SELECT count(*) FROM channels")));
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
        Pass(TimeSpan.FromMinutes(5));

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
        new(_connections, _store.Options with { AssessEvery = TimeSpan.FromMinutes(5) }, score ?? Homes.HourOf, facts => _assess(facts), _clock, _failures.Add);

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

    private void Drop(DateTimeOffset before)
    {
        while (_connections.DropReports(before))
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
        [.. Facts().Nodes[0].Hours.Select(hour => (hour.Start.ToString("HH:mm"), hour.Users.Good))];

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

public sealed class AssessorTestsOnSqlite() : AssessorTests(StoreKind.Sqlite);

public sealed class AssessorTestsOnPostgres() : AssessorTests(StoreKind.Postgres);
