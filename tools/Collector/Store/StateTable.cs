using GatewayAgent.Collector.Ingest;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// Rows of <c>states</c>: the latest of each node. The broker tells the retained ones again at each connection of the collector; what is
/// known already keeps the time at which it was first told.
/// </summary>
internal sealed class StateTable(SqliteConnection connection, NodeTable nodes) : IDisposable
{
    private readonly Statement _birth = new(
        connection,
        """
        INSERT INTO states (node_key, status, received_at_ms, boot_id, agent_version, birth) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (node_key) DO UPDATE SET status = ?2, received_at_ms = ?3, boot_id = ?4, agent_version = ?5, birth = ?6
        WHERE status <> ?2 OR birth IS NOT ?6
        """);

    private readonly Statement _will = new(
        connection,
        """
        INSERT INTO states (node_key, status, received_at_ms) VALUES (?1, ?2, ?3)
        ON CONFLICT (node_key) DO UPDATE SET status = ?2, received_at_ms = ?3 WHERE status <> ?2
        """);

    public void Save(StateIntake intake)
    {
        long nodeKey = nodes.KeyOf(intake.Node.Home, intake.Node.Node);
        if (intake.State.BootId == 0)
        {
            _will.Bind(1, nodeKey).Bind(2, (long)intake.State.Status).Bind(3, intake.ReceivedAtMs).Run();
            return;
        }

        _birth
            .Bind(1, nodeKey).Bind(2, (long)intake.State.Status).Bind(3, intake.ReceivedAtMs)
            .Bind(4, intake.State.BootId).Bind(5, intake.State.AgentVersion).Bind(6, intake.Payload.AsSpan())
            .Run();
    }

    public void Dispose()
    {
        _birth.Dispose();
        _will.Dispose();
    }
}
