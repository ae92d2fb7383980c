using GatewayAgent.Protocol;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store;

/// <summary>What a store knows of one node now.</summary>
/// <param name="Status">Of the last birth or will; null when neither came.</param>
/// <param name="StatusSince">When it was received.</param>
/// <param name="BootId">The boot heard of last; null when the node has only sent a state.</param>
/// <param name="ReceivedAt">When the report below was received.</param>
/// <param name="Report">The newest report of that boot, parts after the first aside; null when there is none.</param>
/// <param name="Birth">What it said when it connected last; null when that never came.</param>
public sealed record NodeStatus(
    string Home, string Node, State.Types.Status? Status, DateTimeOffset? StatusSince, uint? BootId, DateTimeOffset? ReceivedAt, Report? Report, State? Birth);

/// <summary>Something a node noticed.</summary>
/// <param name="Key">Grows with each event stored; those who follow the events begin after it. 0 where the store gave none.</param>
public sealed record NodeEvent(string Home, string Node, DateTimeOffset ReceivedAt, Event Event, long Key = 0);

/// <summary>What a node said last of its configuration, or answered last to a command.</summary>
public sealed record NodeAnswer(string Home, string Node, DateTimeOffset ReceivedAt, ControlAnswer Answer);

/// <summary>What is stored of one boot of one node.</summary>
/// <param name="Sequences">Reports as the node closed them: a merged one counts for all it holds.</param>
/// <param name="Beacons">Beacons that these reports counted.</param>
public sealed record BootTotals(long Sequences, long Beacons);

/// <summary>A payload that was kept aside.</summary>
/// <param name="Payload">Its beginning, when it is long.</param>
/// <param name="PayloadBytes">Its length as received.</param>
public sealed record RejectedPayload(DateTimeOffset ReceivedAt, string Topic, byte[] Payload, int PayloadBytes, string Reason);

/// <summary>Reads the store of a collector, also while the collector is at work: each call sees the last commit.</summary>
public sealed class CollectorStore : IDisposable
{
    private readonly SqliteConnection _connection;

    private CollectorStore(SqliteConnection connection) => _connection = connection;

    /// <exception cref="CollectorStoreException">There is no file, or it is no store of this version.</exception>
    public static CollectorStore Open(string path) => new(Database.OpenForReading(path));

    /// <summary>What became of the messages.</summary>
    public CollectorCounters Counters() => CounterTable.Load(_connection);

    /// <summary>Rows of stored reports; a merged report is one.</summary>
    public long ReportCount() => Scalar("SELECT count(*) FROM reports");

    /// <summary>
    /// Sequences that no stored report covers although their boot has got further: lost, kept aside, still on their way, or from before
    /// this store was made.
    /// </summary>
    public long MissingSequences() => Scalar(
        """
        SELECT coalesce((SELECT sum(highest) FROM boots), 0) - coalesce((SELECT sum(sequence - first_sequence + 1) FROM reports), 0)
        """);

    /// <summary>Every node with its newest state and report, by home and node.</summary>
    public IReadOnlyList<NodeStatus> Nodes()
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText =
            """
            SELECT n.home, n.node, s.status, s.received_at_ms, b.boot_id, r.received_at_ms, r.payload, s.birth
            FROM nodes n
            LEFT JOIN states s ON s.node_key = n.node_key
            LEFT JOIN boots b ON b.boot_key = (SELECT max(boot_key) FROM boots WHERE node_key = n.node_key)
            LEFT JOIN reports r ON r.report_key =
              (SELECT report_key FROM reports WHERE boot_key = b.boot_key AND part = 0 ORDER BY sequence DESC LIMIT 1)
            ORDER BY n.home, n.node
            """;
        using SqliteDataReader reader = command.ExecuteReader();
        var nodes = new List<NodeStatus>();
        while (reader.Read())
        {
            nodes.Add(new NodeStatus(
                reader.GetString(0),
                reader.GetString(1),
                reader.IsDBNull(2) ? null : (State.Types.Status)reader.GetInt32(2),
                Time(reader, 3),
                reader.IsDBNull(4) ? null : (uint)reader.GetInt64(4),
                Time(reader, 5),
                reader.IsDBNull(6) ? null : Report.Parser.ParseFrom((byte[])reader.GetValue(6)),
                reader.IsDBNull(7) ? null : State.Parser.ParseFrom((byte[])reader.GetValue(7))));
        }

        return nodes;
    }

    /// <summary>What every node said last of its configuration, by home and node.</summary>
    public IReadOnlyList<NodeAnswer> ConfigStates() => Answers(
        "SELECT n.home, n.node, a.received_at_ms, a.status, a.reason, a.version, a.applied, NULL, NULL FROM config_states a");

    /// <summary>What every node answered last to a command, by home and node.</summary>
    public IReadOnlyList<NodeAnswer> CommandResults() => Answers(
        "SELECT n.home, n.node, a.received_at_ms, a.status, a.reason, NULL, NULL, a.id, a.command FROM command_results a");

    /// <summary>What nodes noticed, oldest first as received, after the first <paramref name="skip"/> of them.</summary>
    public IReadOnlyList<NodeEvent> Events(long skip = 0)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText =
            """
            SELECT n.home, n.node, e.received_at_ms, e.payload
            FROM events e JOIN boots b ON b.boot_key = e.boot_key JOIN nodes n ON n.node_key = b.node_key
            ORDER BY e.received_at_ms, e.boot_key, e.sequence LIMIT -1 OFFSET $skip
            """;
        command.Parameters.AddWithValue("$skip", skip);
        using SqliteDataReader reader = command.ExecuteReader();
        var events = new List<NodeEvent>();
        while (reader.Read())
        {
            events.Add(new NodeEvent(
                reader.GetString(0), reader.GetString(1), Time(reader, 2)!.Value, Event.Parser.ParseFrom((byte[])reader.GetValue(3))));
        }

        return events;
    }

    /// <summary>What is stored of one boot; nothing of a boot not heard of.</summary>
    public BootTotals Totals(string home, string node, uint bootId)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText =
            """
            SELECT coalesce(sum(r.sequence - r.first_sequence + 1), 0),
              coalesce(sum((SELECT sum(beacons) FROM channels c WHERE c.report_key = r.report_key)), 0)
            FROM nodes n
            JOIN boots b ON b.node_key = n.node_key
            JOIN reports r ON r.boot_key = b.boot_key
            WHERE n.home = $home AND n.node = $node AND b.boot_id = $boot_id
            """;
        command.Parameters.AddWithValue("$home", home);
        command.Parameters.AddWithValue("$node", node);
        command.Parameters.AddWithValue("$boot_id", bootId);
        using SqliteDataReader reader = command.ExecuteReader();
        reader.Read();
        return new BootTotals(reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>The payloads kept aside last, newest first.</summary>
    public IReadOnlyList<RejectedPayload> Rejected(int limit)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT received_at_ms, topic, payload, payload_bytes, reason FROM rejected ORDER BY rejected_key DESC LIMIT $limit";
        command.Parameters.AddWithValue("$limit", limit);
        using SqliteDataReader reader = command.ExecuteReader();
        var payloads = new List<RejectedPayload>();
        while (reader.Read())
        {
            payloads.Add(new RejectedPayload(
                Time(reader, 0)!.Value, reader.GetString(1), (byte[])reader.GetValue(2), reader.GetInt32(3), reader.GetString(4)));
        }

        return payloads;
    }

    /// <summary>Writes a row for each report and channel heard, see <see cref="CsvExport"/>.</summary>
    /// <param name="home">Only this home; null = all.</param>
    /// <param name="node">Only nodes of this id; null = all.</param>
    public void ExportCsv(TextWriter writer, string? home = null, string? node = null) => CsvExport.Write(_connection, writer, home, node);

    /// <summary>Writes a row for each report with the sources of its values, see <see cref="ReportCsv"/>; arguments as above.</summary>
    public void ExportReportsCsv(TextWriter writer, string? home = null, string? node = null) => ReportCsv.Write(_connection, writer, home, node);

    public void Dispose() => _connection.Dispose();

    private List<NodeAnswer> Answers(string select)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = $"{select} JOIN nodes n ON n.node_key = a.node_key ORDER BY n.home, n.node";
        using SqliteDataReader reader = command.ExecuteReader();
        var answers = new List<NodeAnswer>();
        while (reader.Read())
        {
            var answer = new ControlAnswer(
                reader.GetString(3), Text(reader, 4), Number(reader, 5), Number(reader, 6), Text(reader, 7), Text(reader, 8));
            answers.Add(new NodeAnswer(reader.GetString(0), reader.GetString(1), Time(reader, 2)!.Value, answer));
        }

        return answers;
    }

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static long? Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    private static DateTimeOffset? Time(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    private long Scalar(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
