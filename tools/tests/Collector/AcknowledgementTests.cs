using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector.Stores;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

public abstract class AcknowledgementTests(StoreKind kind) : IDisposable
{
    private readonly TemporaryStore _store = new(kind);

    public void Dispose() => _store.Dispose();

    [StoreFact]
    public void What_is_stored_without_a_gap_is_acknowledged() =>
        Assert.Equal(3u, _store.WriteReports(Reports.Single(1), Reports.Single(2), Reports.Single(3)));

    [StoreFact]
    public void Order_within_and_between_batches_does_not_matter()
    {
        Assert.Equal(0u, _store.WriteReports(Reports.Single(3), Reports.Single(2)));
        Assert.Equal(3u, _store.WriteReports(Reports.Single(1)));
        Assert.Equal(6u, _store.WriteReports(Reports.Single(6), Reports.Single(5), Reports.Single(4)));
    }

    [StoreFact]
    public void A_gap_holds_the_acknowledgement_until_it_is_filled_also_over_a_kill()
    {
        Assert.Equal(1u, _store.WriteReports(Reports.Single(1), Reports.Single(3), Reports.Single(4)));
        _store.Kill();

        Assert.Equal(1u, _store.WriteReports(Reports.Single(4)));
        Assert.Equal(4u, _store.WriteReports(Reports.Single(2)));
    }

    [StoreFact]
    public void What_the_node_no_longer_has_is_not_waited_for()
    {
        Assert.Equal(0u, _store.WriteReports(Reports.Single(10)));
        Assert.Equal(8u, _store.WriteReports(Reports.Of(12, 12, backlog: 3)));
        Assert.Equal(10u, _store.WriteReports(Reports.Single(9)));
        Assert.Equal(12u, _store.WriteReports(Reports.Single(11)));
    }

    [StoreFact]
    public void A_collector_that_meets_a_node_late_starts_at_its_backlog() =>
        Assert.Equal(100u, _store.WriteReports(Reports.Of(100, 100)));

    [StoreFact]
    public void A_report_declared_gone_that_comes_after_all_is_stored()
    {
        _store.WriteReports(Reports.Of(5, 5));

        Assert.Equal(5u, _store.WriteReports(Reports.Single(4)));
        Assert.Equal(2, _store.Counters.Stored);
    }

    [StoreFact]
    public void Each_boot_of_a_batch_is_acknowledged_once()
    {
        Dictionary<string, uint> acknowledged = _store.Write(
            ("gw/v1/h/a/report", Reports.Single(1).ToByteArray()),
            ("gw/v1/h/b/report", Reports.Single(1).ToByteArray()),
            ("gw/v1/h/a/report", Reports.Single(2).ToByteArray()),
            ("gw/v1/h/a/report", Reports.Of(1, 1, boot: 8).ToByteArray()));

        Assert.Equal(new() { ["h/a/7"] = 2, ["h/b/7"] = 1, ["h/a/8"] = 1 }, acknowledged);
    }

    [StoreFact]
    public void More_boots_than_are_remembered_lose_nothing()
    {
        (string, byte[])[] Round(uint sequence) =>
            [.. Enumerable.Range(0, 9).Select(i => ($"gw/v1/h/{i}/report", Reports.Single(sequence).ToByteArray()))];

        _store.Write([.. Round(1), .. Round(2), .. Round(4)]);

        Assert.All(_store.Write([.. Round(3), .. Round(5)]).Values, acknowledged => Assert.Equal(5u, acknowledged));
    }

    [StoreFact]
    public void A_report_whose_contents_are_refused_is_acknowledged_once_it_is_kept_aside()
    {
        Assert.Equal(3u, _store.WriteReports(Reports.Single(1), Reports.Unsound(2), Reports.Single(3)));
        _store.Kill();

        Assert.Equal(3u, _store.WriteReports(Reports.Unsound(2)));
        Assert.Equal((2, 1, 1), (_store.Counters.Stored, _store.Counters.Rejected, _store.Counters.Duplicates));
    }

    [StoreFact]
    public void A_refused_report_beyond_a_gap_is_found_again_when_the_gap_closes()
    {
        Assert.Equal(0u, _store.WriteReports(Reports.Unsound(2), Reports.Single(3)));
        _store.Kill();

        Assert.Equal(3u, _store.WriteReports(Reports.Single(1)));
    }

    [StoreFact]
    public void A_refused_report_declares_nothing_gone()
    {
        Report report = Reports.Unsound(9);
        report.Backlog = 0;

        Assert.Equal(0u, _store.WriteReports(report));
    }

    [StoreFact]
    public void A_report_whose_key_is_refused_acknowledges_nothing()
    {
        Report report = Reports.Single(1);
        report.SpanS = 0;

        Assert.Empty(_store.Write(("gw/v1/home/node/report", report.ToByteArray())));
        Assert.Equal(1, _store.Counters.Rejected);
    }

    [StoreFact]
    public void The_largest_sequence_there_is_can_be_acknowledged()
    {
        Assert.Equal(uint.MaxValue, _store.WriteReports(Reports.Of(uint.MaxValue, uint.MaxValue)));
        Assert.Equal(uint.MaxValue, _store.WriteReports(Reports.Of(uint.MaxValue, uint.MaxValue)));
    }
}

public sealed class AcknowledgementTestsOnSqlite() : AcknowledgementTests(StoreKind.Sqlite);

public sealed class AcknowledgementTestsOnPostgres() : AcknowledgementTests(StoreKind.Postgres);
