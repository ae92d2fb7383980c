using System.Data.Common;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// Drops what nothing is kept of any more: events that came before a moment, and boots that were silent since then and have no reports. Whoever
/// sends such a boot's reports once more is not known again.
/// </summary>
internal static class Forgetting
{
    /// <summary>Rows a transaction.</summary>
    private const int Bite = 500;

    /// <summary>Drops some; false when there were none.</summary>
    /// <exception cref="CollectorStoreException">The store cannot be read or written.</exception>
    public static bool Some(StoreConnections store, DateTimeOffset silentSince)
    {
        long beforeMs = silentSince.ToUnixTimeMilliseconds();

        // Looked for without holding up who writes.
        List<long> silent = store.Read(connection => SilentBoots(connection, beforeMs));
        return store.Write(connection => DropEvents(connection, beforeMs) + DropBoots(connection, silent, beforeMs)) > 0;
    }

    private static List<long> SilentBoots(DbConnection connection, long beforeMs)
    {
        using var silent = new Query(
            connection,
            """
            SELECT b.boot_key FROM boots b
            WHERE b.last_received_ms < @before AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.boot_key = b.boot_key)
            ORDER BY b.boot_key LIMIT @bite
            """);
        return silent.With("@before", beforeMs).With("@bite", (long)Bite).Rows(row => row.GetInt64(0));
    }

    private static int DropEvents(DbConnection connection, long beforeMs)
    {
        using var drop = new Query(
            connection, "DELETE FROM events WHERE event_key IN (SELECT event_key FROM events ORDER BY event_key LIMIT @bite) AND received_at_ms < @before");
        return drop.With("@bite", (long)Bite).With("@before", beforeMs).Run();
    }

    // One that has been heard of since stays.
    private static int DropBoots(DbConnection connection, List<long> silent, long beforeMs)
    {
        if (silent.Count == 0)
        {
            return 0;
        }

        using var drop = new Query(
            connection, $"DELETE FROM boots WHERE boot_key IN ({string.Join(',', silent)}) AND last_received_ms < @before RETURNING boot_key");
        List<long> dropped = drop.With("@before", beforeMs).Rows(row => row.GetInt64(0));
        if (dropped.Count > 0)
        {
            using var retired = new Query(connection, $"DELETE FROM retired WHERE boot_key IN ({string.Join(',', dropped)})");
            retired.Run();
        }

        return dropped.Count;
    }
}
