using GatewayAgent.Collector.Ingest;
using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector.Stores;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

/// <summary>A test against a PostgreSQL server; skipped, and counted as such, where that is not installed.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Binaries == null ? "PostgreSQL is not installed" : null;
}

public sealed class PostgresStoreTests : IDisposable
{
    private static readonly Lazy<PostgresServer> _server = new(() =>
    {
        PostgresServer server = PostgresServer.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private readonly Lazy<TemporaryStore> _lazy = new(() => new TemporaryStore(StoreKind.Postgres));

    private TemporaryStore Store => _lazy.Value;

    public void Dispose()
    {
        if (_lazy.IsValueCreated)
        {
            Store.Dispose();
        }
    }

    [PostgresFact]
    public void A_wrong_password_a_database_that_is_not_there_and_a_server_that_is_not_are_told_without_the_password()
    {
        var told = new List<string>();
        foreach (string address in new[] { _server.Value.AddressOf("postgres", "wrong"), _server.Value.AddressOf("nowhere"), "postgres://gw:secret@127.0.0.1:1/x" })
        {
            told.Add(Assert.Throws<CollectorStoreException>(() => new BatchWriter(Store.Options with { Database = address })).Message);
            told.Add(Assert.Throws<CollectorStoreException>(() => CollectorStore.Open(address)).Message);
        }

        Assert.All(told[..2], message => Assert.EndsWith("/postgres: password authentication failed for user \"gw\"", message));
        Assert.All(told[2..4], message => Assert.EndsWith("/nowhere: database \"nowhere\" does not exist", message));
        Assert.All(told[4..], message => Assert.Equal("postgres://127.0.0.1:1/x: Connection refused", message));
    }

    [PostgresFact]
    public void A_database_that_is_something_else_is_refused_and_left_as_it_is()
    {
        Store.Change("CREATE TABLE other (x INT)");

        foreach (Action open in new Action[] { () => Store.Read(), () => Store.Write() })
        {
            Assert.EndsWith(": not the store of a collector", Assert.Throws<CollectorStoreException>(open).Message);
        }

        Assert.Equal(1, Store.Scalar("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
    }

    [PostgresFact]
    public void A_store_of_another_version_is_refused()
    {
        Store.Write();
        Store.Close();
        Store.Change("UPDATE collector_schema SET version = 9");

        Assert.EndsWith(": store of version 9, this collector reads version 4", Assert.Throws<CollectorStoreException>(() => Store.Write()).Message);
    }

    [PostgresFact]
    public void Collectors_that_begin_at_once_make_one_schema()
    {
        BatchWriter[] writers = new BatchWriter[4];
        Parallel.For(0, writers.Length, i => writers[i] = new BatchWriter(Store.Options));

        Assert.All(writers, writer => writer.Dispose());
        Assert.Equal(1, Store.Scalar("SELECT count(*) FROM collector_schema"));
    }

    [PostgresFact]
    public void Two_collectors_that_get_the_same_reports_in_any_order_store_each_once_and_count_every_message()
    {
        const int Nodes = 20;
        const uint Windows = 40;
        using var one = new BatchWriter(Store.Options);
        using var other = new BatchWriter(Store.Options);
        (string Topic, byte[] Payload)[] all = [.. Enumerable.Range(0, Nodes).SelectMany(node => Enumerable.Range(1, (int)Windows).Select(
            window => ($"gw/v1/h{node / 3}/n{node % 3}/report", Reports.Single((uint)window).ToByteArray())))];

        Parallel.ForEach(new[] { (one, 1), (other, 2) }, ((BatchWriter Writer, int Seed) collector) =>
        {
            (string, byte[])[] mine = [.. all];
            new Random(collector.Seed).Shuffle(mine);
            foreach ((string, byte[])[] batch in mine.Chunk(100))
            {
                WriteUntilStored(collector.Writer, batch);
            }
        });

        Assert.Equal(all.Length, Store.Scalar("SELECT count(*) FROM reports"));
        Assert.Equal(all.Length, Store.Scalar("SELECT count(DISTINCT (boot_key, sequence)) FROM reports"));
        Assert.Equal(Nodes * Windows * (Windows + 1) / 2, Store.Beacons());
        Assert.Equal(Nodes, Store.Scalar($"SELECT count(*) FROM boots WHERE acked_through = {Windows}"));
        using CollectorStore store = Store.Read();
        Assert.Equal((2L * all.Length, all.Length, all.Length), (store.Counters().Received, store.Counters().Stored, store.Counters().Duplicates));
    }

    [PostgresFact]
    public void A_batch_whose_server_crashes_is_written_when_it_is_back_and_everything_once()
    {
        using PostgresServer server = PostgresServer.Start();
        using var writer = new BatchWriter(Store.Options with { Database = server.CreateDatabase() });
        uint sequence = 0;
        for (int crash = 0; crash < 3; crash++)
        {
            WriteUntilStored(writer, Message(++sequence));
            server.Crash();
            Exception failure = Assert.ThrowsAny<Exception>(() => Write(writer, Message(sequence + 1)));
            Assert.True(writer.IsWorthAnotherTry(failure), failure.Message);
            server.Run();
            WriteUntilStored(writer, [.. Message(sequence), .. Message(++sequence)]);
        }

        Assert.Equal((6, 3), (writer.Counters.Stored, writer.Counters.Duplicates));
    }

    [PostgresFact]
    public void A_connection_that_was_lost_between_batches_is_made_anew()
    {
        using var writer = new BatchWriter(Store.Options);
        WriteUntilStored(writer, Message(1));
        Store.Change("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        WriteUntilStored(writer, Message(2));

        Assert.Equal((2, 2), (writer.Counters.Received, writer.Counters.Stored));
    }

    [PostgresFact]
    public void More_reports_beyond_a_gap_than_are_read_at_once_are_acknowledged_when_it_closes()
    {
        Store.WriteReports([.. Enumerable.Range(2, 300).Select(sequence => Reports.Single((uint)sequence))]);

        Assert.Equal(301u, Store.WriteReports(Reports.Single(1)));
    }

    [PostgresFact]
    public void A_batch_that_was_stored_although_its_answer_was_lost_is_a_duplicate()
    {
        using var writer = new BatchWriter(Store.Options);
        WriteUntilStored(writer, Message(1));
        WriteUntilStored(writer, Message(1));

        Assert.Equal(1u, Acknowledged(writer, Message(1)));
        Assert.Equal((1, 2), (writer.Counters.Stored, writer.Counters.Duplicates));
    }

    [PostgresFact]
    public async Task An_event_is_not_seen_before_one_whose_key_is_smaller()
    {
        using var slow = new BatchWriter(Store.Options);
        WriteUntilStored(slow, Message(1));
        using IWriteSession first = StoreAddress.Parse(Store.Path).OpenForWriting(Store.Options);
        var intake = (EventIntake)MessageReader.Read("gw/v1/home/first/event", new Event { BootId = 1, Sequence = 1 }.ToByteArray(), 1_790_000_000_000);
        first.Begin([intake]);
        first.Add(first.BootOf(intake.Node, 1), intake);
        first.Flush([], [], []);
        Task second = Task.Run(() => Write(slow, [("gw/v1/home/second/event", new Event { BootId = 1, Sequence = 1 }.ToByteArray())]));
        Assert.True(SpinWait.SpinUntil(() => Store.Scalar("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1, TimeSpan.FromSeconds(30)));

        using CollectorStore store = Store.Read();
        Assert.Empty(store.Events());
        first.Commit(default);
        await second;
        Assert.Equal(["first", "second"], store.Events().Select(told => told.Node));
    }

    [PostgresFact]
    public void Each_day_of_reception_has_a_table_and_whole_days_are_dropped()
    {
        long day = 86_400_000;
        foreach (int after in new[] { 0, 1, -40, 365 })
        {
            Store.NowMs = 1_790_000_000_000 + (after * day);
            Store.WriteReports(Reports.Single((uint)(after + 50)));
        }

        using StoreConnections connections = Store.Upkeep();
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_000);
        Assert.Equal(7, Partitions());
        Assert.False(connections.DropReports(now.AddDays(-40), now));

        // Their hours were not made: after a week they go all the same.
        Assert.False(connections.DropReports(now.AddDays(-39), now));
        Assert.True(connections.DropReports(now.AddDays(-32), now));
        Assert.Equal(6, Partitions());
        Assert.Equal(3, Store.Scalar("SELECT count(*) FROM reports"));
        Assert.Equal(10, Store.Scalar("SELECT through FROM retired"));

        // A collector that remembers having made the day makes it again.
        Store.NowMs = 1_790_000_000_000 - (40 * day);
        Assert.ThrowsAny<Exception>(() => Store.WriteReports(Reports.Single(11)));
        Store.WriteReports(Reports.Single(11), Reports.Single(9));
        Assert.Equal((5, 1), (Store.Counters.Stored, Store.Counters.Duplicates));
    }

    [PostgresFact]
    public void Texts_that_PostgreSQL_does_not_take_are_kept_without_what_it_does_not()
    {
        Store.Write(
            ("gw/v1/h/n/state", new State { Status = State.Types.Status.Online, BootId = 1, AgentVersion = "1\0", LastWords = "\0" }.ToByteArray()),
            ("gw/v1/h/n/config/state", "{\"status\":\"re\\u0000fused\",\"version\":1,\"reason\":\"'; DROP TABLE nodes; --\"}"u8.ToArray()),
            ("gw/v1/h\0/n/report", [0]));

        using CollectorStore store = Store.Read();
        Assert.Equal("re?fused", Assert.Single(store.ConfigStates()).Answer.Status);
        Assert.Equal(1, Store.Scalar("SELECT count(*) FROM states WHERE agent_version = U&'1\\FFFD' AND last_words = U&'\\FFFD'"));
        Assert.Equal("gw/v1/h\uFFFD/n/report", Assert.Single(store.Rejected(1)).Topic);
        Assert.Single(store.Nodes());
    }

    private static (string, byte[])[] Message(uint sequence) => [("gw/v1/home/node/report", Reports.Single(sequence).ToByteArray())];

    private static IReadOnlyCollection<Boot> Write(BatchWriter writer, (string Topic, byte[] Payload)[] messages) =>
        writer.Write([.. messages.Select(message => MessageReader.Read(message.Topic, message.Payload, 1_790_000_000_000))]);

    private static uint Acknowledged(BatchWriter writer, (string Topic, byte[] Payload)[] messages) => Assert.Single(Write(writer, messages)).AckedThrough;

    private static void WriteUntilStored(BatchWriter writer, (string Topic, byte[] Payload)[] messages)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Write(writer, messages);
                return;
            }
            catch (Exception e) when (writer.IsWorthAnotherTry(e) && attempt < 20)
            {
                // As the collector does.
            }
        }
    }

    private long Partitions() => Store.Scalar("SELECT count(*) FROM pg_inherits WHERE inhparent = 'reports'::regclass AND inhrelid IN (SELECT oid FROM pg_class)");
}
