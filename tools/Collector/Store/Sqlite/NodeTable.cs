using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>Rows of <c>nodes</c>.</summary>
internal sealed class NodeTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _find = new(connection, "SELECT node_key FROM nodes WHERE home = ?1 AND node = ?2");
    private readonly Statement _insert = new(connection, "INSERT INTO nodes (home, node) VALUES (?1, ?2)");

    private readonly Statement _insertHome = new(
        connection,
        "INSERT OR IGNORE INTO homes (home, due_ms, claim, worse, worst_rank, falling_rank) VALUES (?1, ?2, 0, 0, 1000, 1000)");

    /// <summary>When a home that is added is due: at once, for nothing was ever said of it. Unix milliseconds.</summary>
    public long NowMs { get; set; }

    /// <summary>The key of a node, which is added when it is new, and its home with it.</summary>
    public long KeyOf(string home, string node)
    {
        _find.Bind(1, home).Bind(2, node);
        if (!_find.Read())
        {
            _insertHome.Bind(1, home).Bind(2, NowMs).Run();
            return _insert.Bind(1, home).Bind(2, node).Insert();
        }

        long key = _find.Long(0);
        _find.Reset();
        return key;
    }

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _insertHome.Dispose();
    }
}
