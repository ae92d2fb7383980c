using GatewayAgent.Collector.Ingest;
using GatewayAgent.Protocol;
using Npgsql;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>
/// States, and answers to configurations and commands: the latest of each node. Written node by node, in the order of their keys and for each
/// node in that of arrival, in one round trip.
/// </summary>
internal sealed class LatestBatch
{
    private const string Birth =
        """
        INSERT INTO states VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (node_key) DO UPDATE SET status = excluded.status, received_at_ms = excluded.received_at_ms, boot_id = excluded.boot_id,
          agent_version = excluded.agent_version, role = excluded.role, mode = excluded.mode, boots = excluded.boots,
          last_words = excluded.last_words, ssid = excluded.ssid, ap = excluded.ap, birth = excluded.birth
        WHERE states.status <> excluded.status OR states.birth IS DISTINCT FROM excluded.birth
        """;

    private const string Will =
        """
        INSERT INTO states (node_key, status, received_at_ms) VALUES ($1, $2, $3)
        ON CONFLICT (node_key) DO UPDATE SET status = excluded.status, received_at_ms = excluded.received_at_ms WHERE states.status <> excluded.status
        """;

    private const string ConfigState =
        """
        INSERT INTO config_states VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (node_key) DO UPDATE SET version = excluded.version, status = excluded.status, applied = excluded.applied, reason = excluded.reason,
          received_at_ms = excluded.received_at_ms
        WHERE (config_states.version, config_states.status, config_states.applied, config_states.reason)
          IS DISTINCT FROM (excluded.version, excluded.status, excluded.applied, excluded.reason)
        """;

    private const string CommandResult =
        """
        INSERT INTO command_results VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (node_key) DO UPDATE SET id = excluded.id, command = excluded.command, status = excluded.status, reason = excluded.reason,
          received_at_ms = excluded.received_at_ms
        """;

    private readonly List<(long NodeKey, Intake Intake)> _added = [];

    public void Reset() => _added.Clear();

    public void Add(long nodeKey, Intake intake) => _added.Add((nodeKey, intake));

    /// <summary>Writes what was added; what of it was news.</summary>
    public List<Intake> Write(NpgsqlConnection connection)
    {
        if (_added.Count == 0)
        {
            return [];
        }

        // The sort is stable.
        (long NodeKey, Intake Intake)[] ordered = [.. _added.OrderBy(added => added.NodeKey)];
        using var batch = new NpgsqlBatch(connection);
        foreach ((long nodeKey, Intake intake) in ordered)
        {
            batch.BatchCommands.Add(intake is StateIntake state ? Command(nodeKey, state) : Command(nodeKey, (ControlIntake)intake));
        }

        batch.ExecuteNonQuery();
        return [.. ordered.Where((_, i) => batch.BatchCommands[i].RecordsAffected > 0).Select(added => added.Intake)];
    }

    private static NpgsqlBatchCommand Command(long nodeKey, StateIntake intake)
    {
        State birth = intake.State;
        if (birth.BootId == 0)
        {
            return Command(Will, nodeKey, (long)birth.Status, intake.ReceivedAtMs);
        }

        return Command(
            Birth,
            nodeKey,
            (long)birth.Status,
            intake.ReceivedAtMs,
            (long)birth.BootId,
            birth.AgentVersion,
            (long)birth.Role,
            (long)birth.Mode,
            (long)birth.Boots,
            birth.LastWords.Length == 0 ? null : birth.LastWords,
            birth.HasSsid ? (long)birth.Ssid : null,
            birth.HasAp ? (long)birth.Ap : null,
            intake.Payload);
    }

    private static NpgsqlBatchCommand Command(long nodeKey, ControlIntake intake)
    {
        ControlAnswer answer = intake.Answer;
        return answer.Id == null
            ? Command(ConfigState, nodeKey, answer.Version, answer.Status, answer.Applied ?? 0, answer.Reason, intake.ReceivedAtMs)
            : Command(CommandResult, nodeKey, answer.Id, answer.Command ?? "", answer.Status, answer.Reason, intake.ReceivedAtMs);
    }

    // In VALUES of an INSERT the columns tell of what type a NULL is.
    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (object? value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value is string text ? PlainText.Of(text) : value ?? DBNull.Value });
        }

        return command;
    }
}
