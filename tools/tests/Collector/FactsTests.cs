using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector.Stores;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

public abstract class FactsTests(StoreKind kind) : IDisposable
{
    // Received at 12:00; uptime then is an hour.
    private static readonly DateTimeOffset _noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryStore _store = new(kind) { NowMs = _noon.ToUnixTimeMilliseconds() };

    public void Dispose() => _store.Dispose();

    [StoreFact]
    public void A_home_never_heard_of_has_no_facts()
    {
        _store.WriteReports(Reports.Single(1));

        using CollectorStore store = _store.Read();
        Assert.Null(store.Facts("elsewhere", _noon.AddDays(-1), _noon));
        Assert.Null(store.Facts("no\0home", _noon.AddDays(-1), _noon));
    }

    [StoreTheory]
    [InlineData(0, 0, false)]
    [InlineData(-86_400, -86_400, false)] // it may have waited for a day
    [InlineData(240, 240, false)] // clocks differ a little
    [InlineData(360, 0, true)] // it was not received before it was over
    [InlineData(-1_795_000_000, 0, true)] // the clock counts from 1970
    public void A_report_is_placed_as_the_node_states_if_that_can_be(int errorS, int placedS, bool isEstimated)
    {
        Report report = Timed(1, 60, (uint)(Boot(3_600) + errorS));
        report.StartS = 3_540;
        _store.WriteReports(report);

        NodeWindow window = Assert.Single(Node(_noon.AddMinutes(10)).Windows);
        Assert.Equal((_noon.AddSeconds(placedS - 60), isEstimated), (window.Start, window.IsStartEstimated));
    }

    [StoreFact]
    public void A_report_without_a_time_is_placed_by_the_report_of_its_boot_that_came_quickest()
    {
        _store.WriteReports(Reports.Single(1)); // ended at uptime 60, and came an hour late
        _store.NowMs += 60_000 - 3_600_000;
        _store.WriteReports(Reports.Single(2));
        _store.NowMs += 3_600_000;

        Assert.Equal([_noon.AddHours(-1).AddMinutes(-1), _noon.AddHours(-1)], Node().Windows.Select(window => window.Start));
        Assert.All(Node().Windows, window => Assert.True(window.IsStartEstimated));
    }

    [StoreFact]
    public void A_node_that_learns_the_time_places_what_it_sent_before()
    {
        _store.WriteReports(Reports.Single(1), Timed(2, 60, Boot(7_200)));

        Assert.Equal(
            [(_noon.AddHours(-2), false), (_noon.AddHours(-2).AddMinutes(1), false)],
            Node().Windows.Select(window => (window.Start, window.IsStartEstimated)));
    }

    [StoreFact]
    public void Parts_of_a_window_are_one_window_with_all_its_channels()
    {
        Report first = Timed(1, 300, Boot(3_600));
        first.Survey = new Survey { Quiet2G = 1 << 3, QuietDwellCs = { 70 }, Heard = { 1, 12, 2, 70, 30, 4, 55, 0 }, FcsErrors = 1 };
        first.Link = new Link { Channel = 1 };
        Report second = Timed(2, 300, Boot(3_600));
        (second.Part, second.StartS) = (1, first.StartS);
        second.Survey = new Survey { Quiet2G = 1 << 2, QuietDwellCs = { 9 }, Heard = { 36, 6, 1, 60, 8, 0, 9, 2, 20, 5, 15, 3 }, FcsErrors = 2 };
        _store.WriteReports(second, first);

        NodeWindow window = Assert.Single(Node().Windows);
        Assert.Equal([1u, 36u], window.Rows.Select(row => row.Channel));
        Assert.Equal(window.Rows, HeardRows.Read(window.Report.Survey.Heard));
        Assert.Equal([new QuietChannel(2, 9), new QuietChannel(3, 70)], QuietDwell.Expand(window.Report.Survey));
        Assert.Equal((3u, 1u), (window.Report.Survey.FcsErrors, window.Report.Link.Channel));
    }

    [StoreFact]
    public void Nothing_later_than_the_moment_asked_for_and_nothing_older_than_two_days_is_told()
    {
        foreach (int hours in new[] { 0, 1, 24, 49 })
        {
            _store.NowMs = _noon.AddHours(hours).ToUnixTimeMilliseconds();
            _store.WriteReports(Timed((uint)hours + 1, 60, Boot(3_600)));
        }

        DateTimeOffset[] Starts(int hours) => [.. Node(_noon.AddHours(hours)).Windows.Select(window => window.Start)];
        Assert.Equal([_noon.AddMinutes(-1)], Starts(0));
        Assert.Equal([_noon.AddMinutes(-1), _noon.AddMinutes(59)], Starts(1));
        Assert.Equal([_noon.AddHours(24).AddMinutes(-1), _noon.AddHours(49).AddMinutes(-1)], Starts(49));

        Report Timed(uint sequence, uint spanS, uint bootTime)
        {
            Report report = FactsTests.Timed(sequence, spanS, bootTime);
            report.StartS = (uint)(_store.NowMs / 1000) - bootTime - spanS;
            return report;
        }
    }

    [StoreFact]
    public void What_a_node_said_of_itself_and_noticed_is_told()
    {
        var birth = new State { Status = State.Types.Status.Online, BootId = Reports.Boot, AgentVersion = "1.0" };
        var noticed = new Event { BootId = Reports.Boot, Sequence = 1, Metric = Metric.LinkRssi, AtS = 600, SinceS = 0, BeforeBootS = 30, BootTime = Boot(1_200) };
        _store.Write(("gw/v1/home/node/state", birth.ToByteArray()), ("gw/v1/home/other/report", Reports.Single(1).ToByteArray()));
        _store.NowMs += 1_000;
        _store.Write(("gw/v1/home/node/event", noticed.ToByteArray()));

        using CollectorStore store = _store.Read();
        HomeFacts facts = store.Facts("home", _noon.AddHours(-30).AddMinutes(12), _noon.AddMinutes(1))!;
        Assert.Equal(("home", _noon.AddHours(-30), _noon.AddMinutes(1)), (facts.Home, facts.From, facts.Now));
        Assert.Equal(["node", "other"], facts.Nodes.Select(node => node.Node));
        Assert.Equal((birth, State.Types.Status.Online, _noon), (facts.Nodes[0].Birth, facts.Nodes[0].Status, facts.Nodes[0].StatusSince));
        Assert.Equal(_noon.AddSeconds(1), facts.Nodes[0].LastReceived);
        Assert.Equal((null, _noon), (facts.Nodes[1].Birth, facts.Nodes[1].LastReceived));
        NodeNotice notice = Assert.Single(facts.Nodes[0].Notices);
        Assert.Equal((_noon.AddSeconds(-600), _noon.AddSeconds(-1_230), noticed), (notice.At, notice.Since, notice.Event));
    }

    [StoreFact]
    public void Many_may_read_at_once_while_a_batch_is_written()
    {
        _store.WriteReports(Reports.Single(1));
        using CollectorStore store = _store.Read();
        Parallel.For(2, 200, sequence =>
        {
            if (sequence % 20 == 0)
            {
                lock (_store)
                {
                    _store.WriteReports(Reports.Single((uint)sequence));
                }
            }

            Assert.InRange(store.Facts("home", _noon, _noon)!.Nodes[0].Windows.Count, 1, 11);
        });
    }

    private static uint Boot(int secondsBeforeNoon) => (uint)(_noon.ToUnixTimeSeconds() - secondsBeforeNoon);

    private static Report Timed(uint sequence, uint spanS, uint bootTime)
    {
        Report report = Reports.Single(sequence);
        (report.StartS, report.SpanS, report.BootTime) = ((sequence - 1) * spanS, spanS, bootTime);
        return report;
    }

    private NodeFacts Node(DateTimeOffset? now = null)
    {
        using CollectorStore store = _store.Read();
        return Assert.Single(store.Facts("home", _noon.AddDays(-1), now ?? _noon)!.Nodes);
    }
}

public sealed class FactsTestsOnSqlite() : FactsTests(StoreKind.Sqlite);

public sealed class FactsTestsOnPostgres() : FactsTests(StoreKind.Postgres);
