using System.Data.Common;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>What nodes noticed, by key.</summary>
internal static class EventList
{
    public static IReadOnlyList<NodeEvent> After(DbConnection connection, long after, int limit, string? home)
    {
        var where = new Filter();
        where.Add("e.event_key > @after", ("@after", after));
        where.OfHome("n.home", home);
        return Read(connection, where, "e.event_key", limit);
    }

    public static IReadOnlyList<NodeEvent> Before(DbConnection connection, long before, int limit, string? home, IReadOnlyList<string>? scope)
    {
        var where = new Filter();
        where.Add("e.event_key < @before", ("@before", before));
        where.OfHome("n.home", home);
        where.BeginsWithOneOf("n.home", scope);
        return Read(connection, where, "e.event_key DESC", limit);
    }

    private static IReadOnlyList<NodeEvent> Read(DbConnection connection, Filter where, string order, int limit)
    {
        if (where.IsNever)
        {
            return [];
        }

        using var events = new Query(
            connection,
            $"""
            SELECT n.home, n.node, e.received_at_ms, e.payload, e.event_key
            FROM events e JOIN boots b ON b.boot_key = e.boot_key JOIN nodes n ON n.node_key = b.node_key
            {where} ORDER BY {order} LIMIT @limit
            """);
        where.Bind(events);
        return events.With("@limit", (long)Math.Max(0, limit)).Rows(row => new NodeEvent(
            row.GetString(0), row.GetString(1), row.Time(2)!.Value, Event.Parser.ParseFrom(row.Bytes(3)), row.GetInt64(4)));
    }
}
