using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store;

/// <summary>Rows of <c>nodes</c>.</summary>
internal sealed class NodeTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _find = new(connection, "SELECT node_key FROM nodes WHERE home = ?1 AND node = ?2");
    private readonly Statement _insert = new(connection, "INSERT INTO nodes (home, node) VALUES (?1, ?2)");

    /// <summary>The key of a node, which is added when it is new.</summary>
    public long KeyOf(string home, string node)
    {
        _find.Bind(1, home).Bind(2, node);
        if (!_find.Read())
        {
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
    }
}
