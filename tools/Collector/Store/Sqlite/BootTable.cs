using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>Rows of <c>boots</c>, those used last remembered.</summary>
internal sealed class BootTable(SqliteConnection connection, NodeTable nodes, int cacheSize) : IDisposable
{
    private readonly BootCache _cache = new(cacheSize);
    private readonly Statement _find = new(
        connection,
        """
        SELECT boot_key, acked_through, highest, started_ms, started_stated, last_received_ms, mood FROM boots WHERE node_key = ?1 AND boot_id = ?2
        """);

    private readonly Statement _insert = new(
        connection,
        """
        INSERT INTO boots (node_key, boot_id, acked_through, highest, started_stated, last_received_ms, mood) VALUES (?1, ?2, 0, 0, 0, 0, 0)
        """);

    private readonly Statement _save = new(
        connection,
        """
        INSERT INTO boots (boot_key, node_key, boot_id, acked_through, highest, started_ms, started_stated, last_received_ms, mood)
        VALUES (?1, ?8, ?9, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (boot_key) DO UPDATE SET acked_through = ?2, highest = ?3, started_ms = ?4, started_stated = ?5, last_received_ms = ?6, mood = ?7
        """);

    /// <summary>The boot, which is added when it is new.</summary>
    public Boot Of(string home, string node, uint bootId)
    {
        if (!_cache.TryGet(home, node, bootId, out Boot? boot))
        {
            boot = Load(home, node, bootId);
            _cache.Add(boot);
        }

        return boot;
    }

    // One that is remembered here may have been forgotten in the store for its silence.
    public void Save(Boot boot) => _save
        .Bind(1, boot.Key).Bind(2, boot.AckedThrough).Bind(3, boot.Highest)
        .Bind(4, boot.StartedMs).Bind(5, boot.IsStartStated ? 1 : 0).Bind(6, boot.LastReceivedMs).Bind(7, boot.Mood)
        .Bind(8, boot.NodeKey).Bind(9, boot.BootId)
        .Run();

    /// <summary>Between batches: keeps what is remembered within its bounds.</summary>
    public void Trim() => _cache.Trim();

    /// <summary>After a rollback: what is remembered may say more than the store holds.</summary>
    public void Forget() => _cache.Clear();

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _save.Dispose();
    }

    private Boot Load(string home, string node, uint bootId)
    {
        long nodeKey = nodes.KeyOf(home, node);
        _find.Bind(1, nodeKey).Bind(2, bootId);
        if (!_find.Read())
        {
            return new Boot(_insert.Bind(1, nodeKey).Bind(2, bootId).Insert(), nodeKey, home, node, bootId);
        }

        var boot = new Boot(_find.Long(0), nodeKey, home, node, bootId);
        boot.Restore((uint)_find.Long(1), (uint)_find.Long(2), _find.LongOrNull(3), _find.Long(4) != 0, _find.Long(5), (int)_find.Long(6));
        _find.Reset();
        return boot;
    }
}
