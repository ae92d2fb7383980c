using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector.Stores;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

public abstract class DuplicateTests(StoreKind kind) : IDisposable
{
    private readonly TemporaryStore _store = new(kind);

    public void Dispose() => _store.Dispose();

    [StoreFact]
    public void A_report_that_comes_again_is_stored_once_and_acknowledged_again()
    {
        Assert.Equal(1u, _store.WriteReports(Reports.Single(1)));
        Assert.Equal(1u, _store.WriteReports(Reports.Single(1)));

        Assert.Equal((1, 1), (_store.Counters.Stored, _store.Counters.Duplicates));
        Assert.Equal(1, Beacons());
    }

    [StoreFact]
    public void A_report_that_comes_twice_in_one_batch_is_stored_once()
    {
        _store.WriteReports(Reports.Single(1), Reports.Single(1), Reports.Single(1));

        Assert.Equal((1, 2), (_store.Counters.Stored, _store.Counters.Duplicates));
    }

    [StoreFact]
    public void A_mark_of_replay_makes_no_other_report_of_it()
    {
        Report again = Reports.Single(1);
        again.Replayed = true;
        _store.WriteReports(Reports.Single(1), again);

        Assert.Equal(1, _store.Counters.Duplicates);
    }

    [StoreTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_report_that_comes_again_after_a_restart_is_stored_once(bool killed)
    {
        _store.WriteReports(Reports.Single(1), Reports.Single(2));
        Restart(killed);

        Assert.Equal(2u, _store.WriteReports(Reports.Single(2)));
        Assert.Equal(3u, _store.WriteReports(Reports.Single(3)));
        Assert.Equal((3, 1), (_store.Counters.Stored, _store.Counters.Duplicates));
        Assert.Equal(1 + 2 + 3, Beacons());
    }

    [StoreFact]
    public void The_same_sequence_of_another_boot_node_or_home_is_another_report()
    {
        byte[] payload = Reports.Single(1).ToByteArray();
        _store.Write(
            ("gw/v1/home/node/report", payload),
            ("gw/v1/home/other/report", payload),
            ("gw/v1/elsewhere/node/report", payload),
            ("gw/v1/home/node/report", Reports.Of(1, 1, boot: 8).ToByteArray()));

        Assert.Equal((4, 0), (_store.Counters.Stored, _store.Counters.Duplicates));
    }

    [StoreFact]
    public void A_merged_report_of_windows_that_are_all_stored_brings_nothing()
    {
        _store.WriteReports(Reports.Single(1), Reports.Single(2), Reports.Single(3));

        Assert.Equal(3u, _store.WriteReports(Reports.Merged(1, 3)));
        Assert.Equal((3, 1), (_store.Counters.Stored, _store.Counters.Duplicates));
        Assert.Equal(1 + 2 + 3, Beacons());
    }

    [StoreFact]
    public void A_single_report_within_a_merged_one_brings_nothing()
    {
        _store.WriteReports(Reports.Merged(1, 3));

        Assert.Equal(3u, _store.WriteReports(Reports.Single(2)));
        Assert.Equal((1, 1), (_store.Counters.Stored, _store.Counters.Duplicates));
    }

    [StoreTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_merged_report_replaces_the_stored_ones_it_holds_and_nothing_is_counted_twice(bool restarted)
    {
        _store.WriteReports(Reports.Single(1), Reports.Single(3));
        if (restarted)
        {
            Restart(killed: true);
        }

        Assert.Equal(4u, _store.WriteReports(Reports.Merged(1, 4)));
        Assert.Equal((3, 2, 0), (_store.Counters.Stored, _store.Counters.Superseded, _store.Counters.Duplicates));
        Assert.Equal(1, _store.Scalar("SELECT count(*) FROM reports"));
        Assert.Equal(1 + 2 + 3 + 4, Beacons());
    }

    [StoreFact]
    public void A_report_that_cuts_through_a_stored_one_is_kept_aside_once_and_acknowledged()
    {
        _store.WriteReports(Reports.Merged(1, 4));

        Assert.Equal(6u, _store.WriteReports(Reports.Merged(4, 6)));
        Assert.Equal(6u, _store.WriteReports(Reports.Merged(4, 6)));
        Assert.Equal((1, 1, 1), (_store.Counters.Stored, _store.Counters.Overlaps, _store.Counters.Duplicates));
        Assert.Equal(1 + 2 + 3 + 4, Beacons());
        using CollectorStore store = _store.Read();
        Assert.Equal("sequence 4–6: holds a part of 1–4, which is stored", Assert.Single(store.Rejected(10)).Reason);
    }

    [StoreFact]
    public void Events_are_stored_once()
    {
        byte[] payload = new Event { BootId = 7, Sequence = 1, Metric = Metric.LinkRssi, Baseline = -60, Now = -75 }.ToByteArray();
        _store.Write(("gw/v1/home/node/event", payload), ("gw/v1/home/node/event", payload));

        Assert.Equal((1, 1), (_store.Counters.Events, _store.Counters.EventDuplicates));
        Assert.Equal(-75, _store.Scalar("SELECT now FROM events"));
    }

    private void Restart(bool killed)
    {
        if (killed)
        {
            _store.Kill();
        }
        else
        {
            _store.Close();
        }
    }

    private long Beacons() => _store.Beacons();
}

public sealed class DuplicateTestsOnSqlite() : DuplicateTests(StoreKind.Sqlite);

public sealed class DuplicateTestsOnPostgres() : DuplicateTests(StoreKind.Postgres);
