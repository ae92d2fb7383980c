using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Tests.Collector;

public sealed class CollectorHostTests : IDisposable
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(30);

    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Stopping_stores_and_acknowledges_everything_that_was_taken()
    {
        var source = new FakeSource();
        using (CollectorHost host = CollectorHost.Start(_store.Options, source))
        {
            for (uint sequence = 1; sequence <= 500; sequence++)
            {
                source.Deliver(Reports.Single(sequence));
            }
        }

        using CollectorStore store = _store.Read();
        Assert.Equal((500, 500), (store.ReportCount(), store.Counters().Stored));
        Assert.Equal(("gw/v1/home/node/ack", 500u), (source.Published[^1].Topic, source.Published[^1].Ack.Sequence));
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public void What_is_acknowledged_is_committed_before()
    {
        var source = new FakeSource
        {
            Publishing = ack => Assert.Equal(ack.Sequence, _store.Scalar("SELECT max(sequence) FROM reports")),
        };
        using CollectorHost host = CollectorHost.Start(_store.Options, source);
        for (uint sequence = 1; sequence <= 20; sequence++)
        {
            source.Deliver(Reports.Single(sequence));
            source.WaitForAcknowledgement(sequence);
        }

        host.Dispose();
        Assert.True(host.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_queue_of_one_loses_nothing()
    {
        var source = new FakeSource();
        using (CollectorHost.Start(_store.Options with { QueueCapacity = 1, BatchSize = 1 }, source))
        {
            Parallel.For(1, 101, sequence => source.Deliver(Reports.Single((uint)sequence)));
        }

        Assert.Equal(100, _store.Scalar("SELECT count(*) FROM reports"));
    }

    [Fact]
    public void What_arrives_after_the_stop_is_not_taken_and_not_acknowledged()
    {
        var source = new FakeSource();
        CollectorHost.Start(_store.Options, source).Dispose();

        source.Deliver(Reports.Single(1));

        Assert.Empty(source.Published);
        Assert.Equal(0, _store.Scalar("SELECT count(*) FROM reports"));
    }

    [Fact]
    public void A_batch_that_cannot_be_written_is_written_when_it_can()
    {
        var source = new FakeSource();
        using var failed = new ManualResetEventSlim();
        using CollectorHost host = CollectorHost.Start(
            _store.Options with { RetryAfter = TimeSpan.FromMilliseconds(1) }, source, e => Set(failed, e, CollectorEventKind.WriteFailed));
        using (SqliteConnection other = Lock())
        {
            source.Deliver(Reports.Single(1));
            Assert.True(failed.Wait(_longEnough));
            Assert.Empty(source.Published);
        }

        source.WaitForAcknowledgement(1);
        Assert.Equal((1, 1), (host.Counters.Received, host.Counters.Stored));
    }

    [Fact]
    public async Task A_store_that_is_broken_ends_the_run_with_the_cause()
    {
        var source = new FakeSource();
        using var started = new ManualResetEventSlim();
        Task run = Task.Run(() => CollectorHost.Run(_store.Options, source, e => Set(started, e, CollectorEventKind.Started), CancellationToken.None));
        Assert.True(started.Wait(_longEnough));
        Change("DROP TABLE reports");
        source.Deliver(Reports.Single(1));

        CollectorStoreException fault = await Assert.ThrowsAsync<CollectorStoreException>(() => run.WaitAsync(_longEnough));
        Assert.StartsWith($"{_store.Path}: no such table", fault.Message, StringComparison.Ordinal);
        Assert.Empty(source.Published);
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public async Task A_run_ends_in_order_when_it_is_cancelled()
    {
        var source = new FakeSource();
        using var cancel = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        Task run = Task.Run(() => CollectorHost.Run(_store.Options, source, e => Set(started, e, CollectorEventKind.Started), cancel.Token));
        Assert.True(started.Wait(_longEnough));
        source.Deliver(Reports.Single(1));
        await cancel.CancelAsync();

        await run.WaitAsync(_longEnough);
        Assert.Equal(1u, Assert.Single(source.Published).Ack.Sequence);
    }

    [Fact]
    public void A_home_that_reports_is_assessed_beside_the_writer()
    {
        var source = new FakeSource();
        var failed = new List<CollectorEvent>();
        using CollectorHost host = CollectorHost.Start(
            _store.Options with { AssessEvery = TimeSpan.FromMinutes(5) }, source, e => failed.AddRange(e.Kind == CollectorEventKind.UpkeepFailed ? [e] : []));
        source.Deliver(Reports.Single(1));
        source.WaitForAcknowledgement(1);

        Assert.True(SpinWait.SpinUntil(() => host.Vitals().Assessments > 0, _longEnough));
        Assert.Empty(failed);
        CollectorVitals vitals = host.Vitals();
        Assert.Equal((true, true, 1, 1, 1, 0), (vitals.IsConnected, vitals.IsStoreWritable, vitals.Batches, vitals.BatchMessages, vitals.AcksSent, vitals.WriteFailures));
        using CollectorStore store = _store.Read();
        Assert.Equal("home", store.Assessment("home")?.Home);
    }

    [Fact]
    public void A_store_in_use_is_refused_and_the_source_closed()
    {
        using CollectorHost first = CollectorHost.Start(_store.Options, new FakeSource());
        var source = new FakeSource();

        Assert.Throws<CollectorStoreException>(() => CollectorHost.Start(_store.Options, source));
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public void Payloads_kept_aside_are_told_with_the_reason()
    {
        var events = new List<CollectorEvent>();
        var source = new FakeSource();
        using (CollectorHost.Start(_store.Options, source, events.Add))
        {
            source.Deliver("gw/v1/home/node/report", new byte[600]);
        }

        Assert.Equal(
            [CollectorEventKind.Started, CollectorEventKind.KeptAside, CollectorEventKind.Stopped],
            events.Select(e => e.Kind));
        Assert.Equal("1 messages, the last because of: payload of 600 bytes: more than 512 bytes", events[1].Detail);
    }

    [Fact]
    public void A_flood_of_payloads_kept_aside_is_told_every_ten_seconds()
    {
        var clock = new ManualTime();
        var told = new List<string>();
        var source = new FakeSource();
        using (CollectorHost.Start(_store.Options, source, e => Add(told, e), clock))
        {
            uint sequence = 0;
            foreach (int second in new[] { 0, 4, 9, 10, 19 })
            {
                clock.Second = second;
                source.Deliver("gw/v1/home/node/report", new byte[600]);
                source.Deliver(Reports.Single(++sequence));
                source.WaitForAcknowledgement(sequence);
            }
        }

        Assert.Equal(["1 messages", "3 messages"], told.Select(detail => detail.Split(',')[0]));
    }

    private static void Add(List<string> told, CollectorEvent e)
    {
        if (e.Kind == CollectorEventKind.KeptAside)
        {
            told.Add(e.Detail);
        }
    }

    private static void Set(ManualResetEventSlim signal, CollectorEvent e, CollectorEventKind kind)
    {
        if (e.Kind == kind)
        {
            signal.Set();
        }
    }

    /// <summary>Another program that holds the write lock until it is disposed.</summary>
    private SqliteConnection Lock()
    {
        SqliteConnection other = Open();
        using SqliteCommand command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return other;
    }

    private void Change(string sql)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_store.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private sealed class ManualTime : TimeProvider
    {
        public int Second { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Second;
    }
}
