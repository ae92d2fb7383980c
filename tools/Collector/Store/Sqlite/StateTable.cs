using GatewayAgent.Collector.Ingest;
using GatewayAgent.Protocol;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>
/// Rows of <c>states</c>: the latest of each node. The broker tells the retained ones again at each connection of the collector; what is
/// known already keeps the time at which it was first told.
/// </summary>
internal sealed class StateTable(SqliteConnection connection, NodeTable nodes) : IDisposable
{
    private readonly Statement _birth = new(
        connection,
        """
        INSERT INTO states VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT (node_key) DO UPDATE SET status = ?2, received_at_ms = ?3, boot_id = ?4, agent_version = ?5, role = ?6, mode = ?7,
          boots = ?8, last_words = ?9, ssid = ?10, ap = ?11, birth = ?12
        WHERE status <> ?2 OR birth IS NOT ?12
        """);

    private readonly Statement _will = new(
        connection,
        """
        INSERT INTO states (node_key, status, received_at_ms) VALUES (?1, ?2, ?3)
        ON CONFLICT (node_key) DO UPDATE SET status = ?2, received_at_ms = ?3 WHERE status <> ?2
        """);

    /// <summary>Saves a birth or a will; false when it was known.</summary>
    public bool Save(StateIntake intake)
    {
        long nodeKey = nodes.KeyOf(intake.Node.Home, intake.Node.Node);
        State birth = intake.State;
        if (birth.BootId == 0)
        {
            return _will.Bind(1, nodeKey).Bind(2, (long)birth.Status).Bind(3, intake.ReceivedAtMs).Run() > 0;
        }

        return _birth
            .Bind(1, nodeKey).Bind(2, (long)birth.Status).Bind(3, intake.ReceivedAtMs)
            .Bind(4, birth.BootId).Bind(5, birth.AgentVersion).Bind(6, (long)birth.Role).Bind(7, (long)birth.Mode)
            .Bind(8, birth.Boots).Bind(9, birth.LastWords.Length == 0 ? null : birth.LastWords)
            .Bind(10, birth.HasSsid ? birth.Ssid : (long?)null).Bind(11, birth.HasAp ? birth.Ap : (long?)null)
            .Bind(12, intake.Payload.AsSpan())
            .Run() > 0;
    }

    public void Dispose()
    {
        _birth.Dispose();
        _will.Dispose();
    }
}
