using GatewayAgent.Collector.Store;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Tests.Collector;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_store_has_one_writer()
    {
        _store.Write();

        var refusal = Assert.Throws<CollectorStoreException>(() => new GatewayAgent.Collector.Ingest.BatchWriter(_store.Options));
        Assert.Equal($"{_store.Path}: another collector has it open", refusal.Message);
    }

    [Fact]
    public void Reports_that_a_wrong_clock_received_hold_no_others_and_go_later()
    {
        long day = 24 * 3_600_000;
        long noon = _store.NowMs;
        _store.NowMs = noon + (365 * day);
        _store.WriteReports(Reports.Single(1));
        _store.NowMs = noon;
        _store.WriteReports(Reports.Single(2));
        using StoreConnections connections = _store.Upkeep();

        Drop(connections, noon + (30 * day));
        Assert.Equal([(1u, 1u)], _store.Ranges());
        Drop(connections, noon + (60 * day));
        Assert.Empty(_store.Ranges());
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var refusal = Assert.Throws<CollectorStoreException>(
            () => new GatewayAgent.Collector.Ingest.BatchWriter(_store.Options with { Database = _store.Path + ".d/x.db" }));
        Assert.Contains("Could not find a part of the path", refusal.Message);
    }

    [Fact]
    public void A_store_of_a_later_version_is_refused_and_left_as_it_is()
    {
        _store.Write();
        _store.Close();
        _store.Change("PRAGMA user_version = 9");

        foreach (Action open in new Action[] { () => _store.Read(), () => _store.Write() })
        {
            Assert.Equal($"{_store.Path}: store of version 9, this collector reads version 4", Assert.Throws<CollectorStoreException>(open).Message);
        }

        Assert.Equal(9, _store.Scalar("PRAGMA user_version"));
    }

    [Fact]
    public void A_store_that_lacks_a_table_is_refused_and_free_again()
    {
        _store.Write();
        _store.Close();
        _store.Change("ALTER TABLE events RENAME TO kept");

        Assert.Equal($"{_store.Path}: no such table: events", Assert.Throws<CollectorStoreException>(() => _store.Write()).Message);
        _store.Change("ALTER TABLE kept RENAME TO events");
        _store.Write();
    }

    [Fact]
    public void What_is_no_store_is_refused_by_name()
    {
        string text = _store.Path + ".txt";
        File.WriteAllText(text, new string('x', 5_000));
        string other = _store.Path + ".other";
        using (var connection = new SqliteConnection($"Data Source={other};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE t (x)";
            command.ExecuteNonQuery();
        }

        foreach (string path in new[] { text, other, _store.Path + ".missing" })
        {
            Assert.Contains(path, Assert.Throws<CollectorStoreException>(() => CollectorStore.Open(path)).Message);
        }

        foreach (string path in new[] { text, other })
        {
            Assert.Throws<CollectorStoreException>(() => new GatewayAgent.Collector.Ingest.BatchWriter(_store.Options with { Database = path }));
        }
    }

    private static void Drop(StoreConnections connections, long nowMs)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(nowMs);
        while (connections.DropReports(now.AddDays(-14), now))
        {
        }
    }
}
