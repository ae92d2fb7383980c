using System.Data.Common;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>Reads all that is known of a home.</summary>
internal static class FactReader
{
    /// <summary>No sound node has as much to tell.</summary>
    private const int MostNotices = 1000;

    /// <summary>Further back hours are fine enough.</summary>
    public static readonly TimeSpan WindowsOf = TimeSpan.FromDays(2);

    /// <summary>The facts of a time; null when the home was never heard of.</summary>
    /// <param name="change">Applied to the hours of each node, given its key: what is being made of them now.</param>
    /// <param name="windowsSince">The windows of a node, given its key, that end after a moment (Unix milliseconds), and maybe others.</param>
    public static HomeFacts? Read(
        DbConnection connection,
        string home,
        DateTimeOffset from,
        DateTimeOffset now,
        Func<long, List<NodeHour>, List<NodeHour>> change,
        Func<long, long, IEnumerable<NodeWindow>> windowsSince)
    {
        if (!Topics.IsId(home))
        {
            return null;
        }

        long firstHour = from.ToUnixTimeMilliseconds() / WindowTime.HourMs;
        using var nodes = new Query(
            connection,
            """
            SELECT n.node_key, n.node, s.status, s.received_at_ms, s.birth, (SELECT max(b.last_received_ms) FROM boots b WHERE b.node_key = n.node_key)
            FROM nodes n LEFT JOIN states s ON s.node_key = n.node_key
            WHERE n.home = @home ORDER BY n.node
            """);
        List<(long Key, NodeFacts Facts)> known = nodes.With("@home", home).Rows(row => (row.GetInt64(0), Node(row)));
        return known.Count == 0
            ? null
            : new HomeFacts
            {
                Home = home,
                From = WindowTime.HourStart(firstHour),
                Now = now,
                Nodes = [.. known.Select(node => Fill(connection, node.Key, node.Facts, firstHour, now, change, windowsSince))],
            };
    }

    private static NodeFacts Node(DbDataReader row) => new()
    {
        Node = row.GetString(1),
        Status = (State.Types.Status?)row.Number(2),
        StatusSince = row.Time(3),
        Birth = row.IsDBNull(4) ? null : State.Parser.ParseFrom(row.Bytes(4)),
        LastReceived = Math.Max(row.Number(5) ?? 0, row.Number(3) ?? 0) is > 0 and long last ? WindowTime.Moment(last) : null,
    };

    private static NodeFacts Fill(
        DbConnection connection,
        long nodeKey,
        NodeFacts node,
        long firstHour,
        DateTimeOffset now,
        Func<long, List<NodeHour>, List<NodeHour>> change,
        Func<long, long, IEnumerable<NodeWindow>> windowsSince)
    {
        long lastHour = now.ToUnixTimeMilliseconds() / WindowTime.HourMs;
        DateTimeOffset since = now - WindowsOf;
        List<NodeHour> hours = [.. HourReader.Read(connection, nodeKey, firstHour, lastHour).Select(stored => stored.Hour)];
        return node with
        {
            Hours = [.. change(nodeKey, hours).Where(hour => IsWithin(hour, firstHour, lastHour))],
            Windows = [.. windowsSince(nodeKey, since.ToUnixTimeMilliseconds()).Where(window => window.End > since && window.Start < now).OrderBy(window => window.Start)],
            Notices = Notices(connection, nodeKey, firstHour * WindowTime.HourMs, now.ToUnixTimeMilliseconds()),
        };
    }

    private static bool IsWithin(NodeHour hour, long first, long last) =>
        hour.Start >= WindowTime.HourStart(first) && hour.Start <= WindowTime.HourStart(last);

    private static List<NodeNotice> Notices(DbConnection connection, long nodeKey, long fromMs, long nowMs)
    {
        using var events = new Query(
            connection,
            """
            SELECT e.received_at_ms, b.started_ms, e.payload FROM boots b JOIN events e ON e.boot_key = b.boot_key
            WHERE b.node_key = @node AND e.received_at_ms >= @from AND e.received_at_ms <= @now
            ORDER BY e.event_key DESC LIMIT @most
            """);
        return [.. events
            .With("@most", (long)MostNotices)
            .With("@node", nodeKey)
            .With("@from", fromMs)
            .With("@now", nowMs)
            .Rows(row => Notice(row.GetInt64(0), row.Number(1), Event.Parser.ParseFrom(row.Bytes(2))))
            .OrderBy(notice => notice.At)];
    }

    // Told when it was received, unless it is known to have waited.
    private static NodeNotice Notice(long receivedAtMs, long? bootStartedMs, Event e)
    {
        long? boot = WindowTime.StatedBoot(e.HasBootTime ? e.BootTime : null, e.AtS, 0, receivedAtMs) ?? bootStartedMs;
        long atMs = Math.Min(receivedAtMs, (boot + (e.AtS * 1000L)) ?? receivedAtMs);
        long heldS = Math.Max(0, (long)e.AtS - e.SinceS) + e.BeforeBootS;
        return new NodeNotice(WindowTime.Moment(atMs), WindowTime.Moment(atMs - (heldS * 1000)), e);
    }
}
