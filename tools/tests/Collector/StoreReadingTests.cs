using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector.Stores;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

public abstract class StoreReadingTests(StoreKind kind) : IDisposable
{
    private const string Header = "start_s,span_s,channel,beacons,ap_count,rssi_max_dbm,utilization_min,utilization_mean,utilization_max,stations_max\n";

    private readonly TemporaryStore _store = new(kind);

    public void Dispose() => _store.Dispose();

    [StoreFact]
    public void Csv_has_a_row_for_each_report_and_channel_and_empty_cells_for_what_was_not_measured()
    {
        _store.WriteReports(
            Window(2, 60, [1, 12, 2, 70, 30, 4, 55, 0, 6, 6_000, 4, 41, 800, 20, 310, 5, 187, 12, 131, 9]),
            Window(1, 0, [6, 6_000, 5, 40, 590, 0, 250, 3, 111, 37, 37, 0, 8, 0, 0, 0, 0, 7, 8, 0]));

        Assert.Equal(
            Header
            + "0,60,6,590,5,-40,37,37.0,37,0\n"
            + "0,60,8,0,0,,,,,\n"
            + "60,60,1,30,2,-70,,,,\n"
            + "60,60,6,800,4,-41,12,37.4,131,9\n",
            _store.Csv());
    }

    [StoreFact]
    public void A_report_is_exported_with_the_sources_of_its_values_also_where_no_channel_is_known()
    {
        Report stock = Window(1, 0, []);
        stock.Survey = null;
        stock.Link = new Link { Source = Source.StockScan, AgeS = 53, RssiHistogram = { 20, 1 } };
        stock.Clients = new Clients { Source = Source.StockEvent, AgeS = 300, Samples = 2, CountSum = 3, CountMin = 1, CountMax = 2, RssiHistogram = { 10, 3 } };
        Report native = Window(2, 60, [6, 6_000, 4, 41, 800, 20, 310, 0]);
        native.Link = new Link { Channel = 6, Disconnects = 0, RssiHistogram = { 25, 60 } };
        native.Health = new Health { OffChannelMs = 240 };
        Report further = Window(3, 60, [11, 6_000, 1, 50, 1, 0, 0, 0]);
        (further.Part, further.SpanS) = (1, 60);
        _store.WriteReports(native, stock, further);

        Assert.Equal(
            [
                "home,node,7,1,0,60,stock_scan,53,,-62,,stock_event,300,1,1.5,2,-82,,",
                "home,node,7,2,60,60,native,0,6,-52,0,,,,,,,native,240",
            ],
            _store.ReportsCsv().TrimEnd('\n').Split('\n').Skip(1));
    }

    [StoreFact]
    public void A_birth_is_kept_with_all_it_says_and_outlives_the_will()
    {
        var birth = new State
        {
            Status = State.Types.Status.Online,
            BootId = 7,
            Role = Role.Companion,
            Boots = 3,
            LastWords = "command x",
            Ssid = 0xFFFFFFFF,
            Ap = 2,
        };
        _store.Write(("gw/v1/h1/a/state", birth.ToByteArray()), ("gw/v1/h1/a/state", new State { Status = State.Types.Status.Offline }.ToByteArray()));

        using CollectorStore store = _store.Read();
        NodeStatus node = Assert.Single(store.Nodes());
        Assert.Equal((State.Types.Status.Offline, birth), (node.Status, node.Birth));
        Assert.Equal(1, _store.Scalar(
            "SELECT count(*) FROM states WHERE role = 1 AND mode = 0 AND boots = 3 AND last_words = 'command x' AND ssid = 4294967295 AND ap = 2"));
    }

    [StoreFact]
    public void Events_are_read_in_the_order_in_which_they_came()
    {
        byte[] Payload(uint sequence) => new Event { BootId = 7, Sequence = sequence, Metric = Metric.LinkRssi, Evidence = { -61 } }.ToByteArray();
        _store.Write(("gw/v1/h1/b/event", Payload(1)));
        _store.NowMs += 1000;
        _store.Write(("gw/v1/h1/a/event", Payload(1)), ("gw/v1/h1/a/event", Payload(2)), ("gw/v1/h1/a/event", Payload(2)));

        using CollectorStore store = _store.Read();
        Assert.Equal(["b1", "a1", "a2"], store.Events().Select(told => $"{told.Node}{told.Event.Sequence}"));
        Assert.Equal(["a2"], store.Events(store.Events()[1].Key).Select(told => $"{told.Node}{told.Event.Sequence}"));
    }

    [StoreFact]
    public void Csv_goes_by_home_node_boot_start_and_channel()
    {
        byte[] Payload(uint boot, uint sequence, uint channel) => Window(sequence, (sequence - 1) * 60, [channel, 1, 1, 50, boot, 0, 0, 0], boot).ToByteArray();
        _store.Write(
            ("gw/v1/h2/a/report", Payload(5, 1, 1)),
            ("gw/v1/h1/b/report", Payload(9, 2, 1)),
            ("gw/v1/h1/b/report", Payload(9, 1, 1)),
            ("gw/v1/h1/b/report", Payload(3, 1, 11)),
            ("gw/v1/h1/a/report", Payload(7, 1, 1)));

        Assert.Equal("7 9 9 3 5", Beacons(_store.Csv()));
        Assert.Equal("7 9 9 3", Beacons(_store.Csv(home: "h1")));
        Assert.Equal("7 5", Beacons(_store.Csv(node: "a")));
        Assert.Equal("5", Beacons(_store.Csv("h2", "a")));
        Assert.Equal(Header, _store.Csv(home: "h3"));
    }

    [StoreFact]
    public void Csv_of_an_empty_store_is_its_header()
    {
        _store.Write();

        Assert.Equal(Header, _store.Csv());
    }

    [StoreFact]
    public void Parts_of_one_window_stand_together()
    {
        Report second = Window(2, 0, [36, 12, 1, 60, 9, 0, 0, 0]);
        second.Part = 1;
        _store.WriteReports(Window(1, 0, [1, 12, 1, 60, 8, 0, 0, 0]), second, Window(3, 60, [1, 12, 1, 60, 7, 0, 0, 0]));

        Assert.Equal("8 9 7", Beacons(_store.Csv()));
    }

    [StoreFact]
    public void A_node_shows_its_state_and_the_newest_report_of_its_last_boot()
    {
        _store.Write(
            ("gw/v1/h/n/state", new State { Status = State.Types.Status.Online, BootId = 8, AgentVersion = "1.0" }.ToByteArray()),
            ("gw/v1/h/n/report", Reports.Single(3).ToByteArray()),
            ("gw/v1/h/n/report", Reports.Of(2, 2, boot: 8).ToByteArray()),
            ("gw/v1/h/n/report", Reports.Of(1, 1, boot: 8).ToByteArray()),
            ("gw/v1/h/m/state", new State { Status = State.Types.Status.Offline }.ToByteArray()));

        using CollectorStore store = _store.Read();
        IReadOnlyList<NodeStatus> nodes = store.Nodes();

        Assert.Equal(["m", "n"], nodes.Select(node => node.Node));
        Assert.Equal((State.Types.Status.Offline, null, null), (nodes[0].Status, nodes[0].BootId, nodes[0].Report));
        Assert.Equal((State.Types.Status.Online, 8u, 2u), (nodes[1].Status, nodes[1].BootId, nodes[1].Report?.Sequence));
    }

    [StoreFact]
    public void A_will_changes_the_status_and_keeps_what_the_birth_said()
    {
        _store.Write(
            ("gw/v1/h/n/state", new State { Status = State.Types.Status.Online, BootId = 8, AgentVersion = "1.0" }.ToByteArray()),
            ("gw/v1/h/n/state", new State { Status = State.Types.Status.Offline }.ToByteArray()),
            ("gw/v1/h/n/state", []));

        Assert.Equal(2, _store.Scalar("SELECT status FROM states"));
        Assert.Equal(8, _store.Scalar("SELECT boot_id FROM states"));
        Assert.Equal(3, _store.Counters.States);
    }

    [StoreFact]
    public void A_state_told_again_keeps_the_time_at_which_it_was_first_told()
    {
        byte[] birth = new State { Status = State.Types.Status.Online, BootId = 8 }.ToByteArray();
        byte[] will = new State { Status = State.Types.Status.Offline }.ToByteArray();
        long[] since = [.. new[] { birth, birth, will, will, birth }.Select(payload =>
        {
            _store.NowMs += 1_000;
            _store.Write(("gw/v1/h/n/state", payload));
            return _store.Scalar("SELECT received_at_ms FROM states");
        })];

        Assert.Equal([0, 0, 2_000, 2_000, 4_000], since.Select(ms => ms - since[0]));
    }

    [StoreFact]
    public void Sequences_without_a_report_are_counted_as_missing()
    {
        _store.WriteReports(Reports.Single(2), Reports.Merged(4, 6));

        using CollectorStore store = _store.Read();
        Assert.Equal(2, store.MissingSequences());
    }

    [StoreFact]
    public void The_payload_is_kept_as_it_came()
    {
        byte[] payload = [.. Reports.Single(1).ToByteArray(), 0xFA, 0x7F, 2, 1, 2];
        _store.Write(("gw/v1/h/n/report", payload));

        string literal = kind == StoreKind.Sqlite ? $"x'{Convert.ToHexString(payload)}'" : $"'\\x{Convert.ToHexString(payload)}'";
        Assert.Equal(1, _store.Scalar($"SELECT count(*) FROM reports WHERE payload = {literal}"));
    }

    private static Report Window(uint sequence, uint start, uint[] heard, uint boot = Reports.Boot) => new()
    {
        BootId = boot,
        Sequence = sequence,
        Backlog = sequence - 1,
        StartS = start,
        SpanS = 60,
        Survey = new Survey { Heard = { heard } },
    };

    private static string Beacons(string csv) =>
        string.Join(' ', csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[3]));
}

public sealed class StoreReadingTestsOnSqlite() : StoreReadingTests(StoreKind.Sqlite);

public sealed class StoreReadingTestsOnPostgres() : StoreReadingTests(StoreKind.Postgres);
