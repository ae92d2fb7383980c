using GatewayAgent.Collector.Ingest;
using GatewayAgent.Protocol;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>
/// Rows of <c>config_states</c> and <c>command_results</c>: the latest of each node. The broker tells retained states again at each connection of
/// the collector; what is known already keeps the time at which it was first told.
/// </summary>
internal sealed class ControlTable(SqliteConnection connection, NodeTable nodes) : IDisposable
{
    private readonly Statement _state = new(
        connection,
        """
        INSERT INTO config_states VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (node_key) DO UPDATE SET version = ?2, status = ?3, applied = ?4, reason = ?5, received_at_ms = ?6
        WHERE version IS NOT ?2 OR status <> ?3 OR applied <> ?4 OR reason IS NOT ?5
        """);

    private readonly Statement _result = new(connection, "INSERT OR REPLACE INTO command_results VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    /// <summary>Saves an answer; false when it was known.</summary>
    public bool Save(ControlIntake intake)
    {
        long nodeKey = nodes.KeyOf(intake.Node.Home, intake.Node.Node);
        ControlAnswer answer = intake.Answer;
        return answer.Id == null
            ? _state
                .Bind(1, nodeKey).Bind(2, answer.Version).Bind(3, answer.Status).Bind(4, answer.Applied ?? 0)
                .Bind(5, answer.Reason).Bind(6, intake.ReceivedAtMs).Run() > 0
            : _result
                .Bind(1, nodeKey).Bind(2, answer.Id).Bind(3, answer.Command ?? "").Bind(4, answer.Status)
                .Bind(5, answer.Reason).Bind(6, intake.ReceivedAtMs).Run() > 0;
    }

    public void Dispose()
    {
        _state.Dispose();
        _result.Dispose();
    }
}
