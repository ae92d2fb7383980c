using System.Data.Common;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>Nodes with what they said last.</summary>
internal static class NodeList
{
    public static IReadOnlyList<NodeStatus> Read(DbConnection connection, string? home)
    {
        var where = new Filter();
        where.OfHome("n.home", home);
        if (where.IsNever)
        {
            return [];
        }

        using var nodes = new Query(
            connection,
            $"""
            SELECT n.home, n.node, s.status, s.received_at_ms, b.boot_id, r.received_at_ms, r.payload, s.birth
            FROM nodes n
            LEFT JOIN states s ON s.node_key = n.node_key
            LEFT JOIN boots b ON b.boot_key = (SELECT max(boot_key) FROM boots WHERE node_key = n.node_key)
            LEFT JOIN reports r ON r.boot_key = b.boot_key
              AND r.sequence = (SELECT sequence FROM reports WHERE boot_key = b.boot_key AND part = 0 ORDER BY sequence DESC LIMIT 1)
            {where}
            ORDER BY n.home, n.node
            """);
        where.Bind(nodes);
        return nodes.Rows(Node);
    }

    /// <summary>Latest answers: of <c>config_states</c> or <c>command_results</c>.</summary>
    /// <param name="columns">Status, reason, version, applied, id and command of <paramref name="table"/>, called a.</param>
    public static IReadOnlyList<NodeAnswer> Answers(DbConnection connection, string table, string columns)
    {
        using var answers = new Query(
            connection,
            $"SELECT n.home, n.node, a.received_at_ms, {columns} FROM {table} a JOIN nodes n ON n.node_key = a.node_key ORDER BY n.home, n.node");
        return answers.Rows(row => new NodeAnswer(
            row.GetString(0),
            row.GetString(1),
            row.Time(2)!.Value,
            new ControlAnswer(row.GetString(3), row.Text(4), row.Number(5), row.Number(6), row.Text(7), row.Text(8))));
    }

    private static NodeStatus Node(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        (State.Types.Status?)row.Number(2),
        row.Time(3),
        (uint?)row.Number(4),
        row.Time(5),
        row.IsDBNull(6) ? null : Report.Parser.ParseFrom(row.Bytes(6)),
        row.IsDBNull(7) ? null : State.Parser.ParseFrom(row.Bytes(7)));
}
