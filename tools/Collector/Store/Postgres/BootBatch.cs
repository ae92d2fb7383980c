using GatewayAgent.Protocol;
using Npgsql;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>
/// The nodes and boots of a batch, the boots locked until its end: what is read of them cannot change under it, whoever else writes. Only keys are
/// remembered from batch to batch, which never change.
/// </summary>
internal sealed class BootBatch(int rememberedNodes)
{
    private readonly Dictionary<NodeId, long> _nodes = [];
    private readonly Dictionary<(long NodeKey, long BootId), Boot> _boots = [];

    public IReadOnlyCollection<Boot> Boots => _boots.Values;

    public long NodeKeyOf(NodeTopic node) => _nodes[new NodeId(node.Home, node.Node)];

    public Boot Of(NodeTopic node, uint bootId) => _boots[(NodeKeyOf(node), bootId)];

    /// <summary>After a rollback: nodes that were added may not be there.</summary>
    public void Forget() => _nodes.Clear();

    /// <summary>Reads and locks them, those that are new added.</summary>
    public void Load(NpgsqlConnection connection, IEnumerable<NodeTopic> nodes, IEnumerable<(NodeTopic Node, uint BootId)> boots, long nowMs)
    {
        if (_nodes.Count > rememberedNodes)
        {
            _nodes.Clear();
        }

        NodeId[] missing = [.. nodes.Select(node => new NodeId(node.Home, node.Node)).Distinct().Where(node => !_nodes.ContainsKey(node)).Order()];
        if (missing.Length > 0)
        {
            FindNodes(connection, missing);
            AddNodes(connection, [.. missing.Where(node => !_nodes.ContainsKey(node))], nowMs);
        }

        _boots.Clear();
        Dictionary<(long NodeKey, long BootId), NodeTopic> wanted = [];
        foreach ((NodeTopic node, uint bootId) in boots)
        {
            wanted.TryAdd((NodeKeyOf(node), bootId), node);
        }

        LockBoots(connection, wanted);

        // In the order of their nodes, so that two collectors which add the same ones do not wait for each other; of a node in that of arrival.
        (long NodeKey, long BootId)[] isNew = [.. wanted.Keys.Where(boot => !_boots.ContainsKey(boot)).OrderBy(boot => boot.NodeKey)];
        if (isNew.Length > 0)
        {
            AddBoots(connection, isNew);
            LockBoots(connection, isNew.ToDictionary(boot => boot, boot => wanted[boot]));
        }
    }

    private void FindNodes(NpgsqlConnection connection, NodeId[] nodes)
    {
        using var find = new BatchCommand(
            connection, "SELECT n.node_key, n.home, n.node FROM unnest($1, $2) AS w (home, node) JOIN nodes n ON n.home = w.home AND n.node = w.node");
        find.With(Homes(nodes)).With(Names(nodes));
        foreach ((long key, NodeId node) in find.Rows(row => (row.GetInt64(0), new NodeId(row.GetString(1), row.GetString(2)))))
        {
            _nodes[node] = key;
        }
    }

    // In order, so that two collectors which add the same ones do not wait for each other.
    private void AddNodes(NpgsqlConnection connection, NodeId[] nodes, long nowMs)
    {
        if (nodes.Length == 0)
        {
            return;
        }

        using var homes = new BatchCommand(
            connection,
            """
            INSERT INTO homes (home, due_ms, claim, worse, worst_rank, falling_rank)
            SELECT home, $2, 0, 0, 1000, 1000 FROM (SELECT DISTINCT home FROM unnest($1) AS w (home) ORDER BY home) o ON CONFLICT DO NOTHING
            """);
        homes.With(Homes(nodes)).With(nowMs).Run();
        using var add = new BatchCommand(
            connection, "INSERT INTO nodes (home, node) SELECT home, node FROM unnest($1, $2) WITH ORDINALITY AS w (home, node, n) ORDER BY n ON CONFLICT DO NOTHING");
        add.With(Homes(nodes)).With(Names(nodes)).Run();
        FindNodes(connection, nodes);
    }

    private void LockBoots(NpgsqlConnection connection, Dictionary<(long NodeKey, long BootId), NodeTopic> wanted)
    {
        using var find = new BatchCommand(
            connection,
            """
            SELECT b.boot_key, b.node_key, b.boot_id, b.acked_through, b.highest, b.started_ms, b.started_stated, b.last_received_ms, b.mood
            FROM unnest($1, $2) AS w (node_key, boot_id) JOIN boots b ON b.node_key = w.node_key AND b.boot_id = w.boot_id
            ORDER BY b.boot_key FOR UPDATE OF b
            """);
        find.With([.. wanted.Keys.Select(boot => boot.NodeKey)]).With([.. wanted.Keys.Select(boot => boot.BootId)]);
        foreach (Boot boot in find.Rows(row =>
        {
            NodeTopic node = wanted[(row.GetInt64(1), row.GetInt64(2))];
            var boot = new Boot(row.GetInt64(0), row.GetInt64(1), node.Home, node.Node, (uint)row.GetInt64(2));
            boot.Restore((uint)row.GetInt64(3), (uint)row.GetInt64(4), row.Number(5), row.GetInt64(6) != 0, row.GetInt64(7), (int)row.GetInt64(8));
            return boot;
        }))
        {
            _boots[(boot.NodeKey, boot.BootId)] = boot;
        }
    }

    private static void AddBoots(NpgsqlConnection connection, (long NodeKey, long BootId)[] boots)
    {
        using var add = new BatchCommand(
            connection,
            """
            INSERT INTO boots (node_key, boot_id, acked_through, highest, started_stated, last_received_ms, mood)
            SELECT node_key, boot_id, 0, 0, 0, 0, 0 FROM unnest($1, $2) WITH ORDINALITY AS w (node_key, boot_id, n) ORDER BY n ON CONFLICT DO NOTHING
            """);
        add.With([.. boots.Select(boot => boot.NodeKey)]).With([.. boots.Select(boot => boot.BootId)]).Run();
    }

    private static string[] Homes(NodeId[] nodes) => [.. nodes.Select(node => node.Home)];

    private static string[] Names(NodeId[] nodes) => [.. nodes.Select(node => node.Node)];

    private readonly record struct NodeId(string Home, string Node) : IComparable<NodeId>
    {
        public int CompareTo(NodeId other)
        {
            int byHome = string.CompareOrdinal(Home, other.Home);
            return byHome != 0 ? byHome : string.CompareOrdinal(Node, other.Node);
        }
    }
}
