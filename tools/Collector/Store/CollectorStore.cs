using System.Data.Common;
using GatewayAgent.Collector.Assessing;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

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
public sealed record RejectedPayload(DateTimeOffset ReceivedAt, string Topic, byte[] Payload, int PayloadBytes, string Reason)
{
    private const int MaxPayloadBytes = 1024;
    private const int MaxTextLength = 512;

    /// <summary>As much of a payload as is kept.</summary>
    internal static ReadOnlySpan<byte> Clip(ReadOnlySpan<byte> payload) => payload[..Math.Min(payload.Length, MaxPayloadBytes)];

    /// <summary>As much of a topic or reason as is kept.</summary>
    internal static string Clip(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];
}

/// <summary>Reads the store of collectors, of either kind. Whatever cannot be read throws <see cref="CollectorStoreException"/>.</summary>
public sealed class CollectorStore : IStoreReader
{
    private readonly StoreConnections _connections;

    private CollectorStore(StoreConnections connections) => _connections = connections;

    /// <param name="address">See <see cref="StoreAddress"/>.</param>
    /// <exception cref="CollectorStoreException">There is none, or it is no store of this version.</exception>
    public static CollectorStore Open(string address) => new(StoreAddress.Parse(address).OpenForReading());

    public CollectorCounters Counters() => _connections.Read(CountersOf);

    public long ReportCount() => _connections.Read(connection => Number(connection, "SELECT count(*) FROM reports"));

    /// <summary>
    /// Sequences that no stored report covers although their boot has got further: lost, kept aside, still on their way, or from before
    /// this store was made. Reports that were dropped by age are not among them.
    /// </summary>
    public long MissingSequences(string? home = null) => _connections.Read(connection => BootList.MissingSequences(connection, home));

    public IReadOnlyList<NodeStatus> Nodes(string? home = null) => _connections.Read(connection => NodeList.Read(connection, home));

    public IReadOnlyList<NodeAnswer> ConfigStates() => _connections.Read(
        connection => NodeList.Answers(connection, "config_states", "a.status, a.reason, a.version, a.applied, NULL, NULL"));

    public IReadOnlyList<NodeAnswer> CommandResults() => _connections.Read(
        connection => NodeList.Answers(connection, "command_results", "a.status, a.reason, NULL, NULL, a.id, a.command"));

    public IReadOnlyList<NodeEvent> Events(long after = 0, int limit = int.MaxValue, string? home = null) =>
        _connections.Read(connection => EventList.After(connection, after, limit, home));

    public IReadOnlyList<NodeEvent> LatestEvents(int limit, long before = long.MaxValue, string? home = null, IReadOnlyList<string>? scope = null) =>
        _connections.Read(connection => EventList.Before(connection, before, limit, home, scope));

    public BootTotals Totals(string home, string node, uint bootId) => _connections.Read(connection => BootList.Totals(connection, home, node, bootId));

    public IReadOnlyList<RejectedPayload> Rejected(int limit) => _connections.Read(connection =>
    {
        using var rejected = new Query(
            connection, "SELECT received_at_ms, topic, payload, payload_bytes, reason FROM rejected ORDER BY rejected_key DESC LIMIT @limit");
        return rejected
            .With("@limit", (long)Math.Max(0, limit))
            .Rows(row => new RejectedPayload(row.Time(0)!.Value, row.GetString(1), row.Bytes(2), (int)row.GetInt64(3), row.GetString(4)));
    });

    public IReadOnlyList<HomeSummary> Homes(HomeQuery query) => _connections.Read(connection => HomeList.Read(connection, query));

    public long HomeCount(HomeQuery query) => _connections.Read(connection => HomeList.Count(connection, query));

    public FleetSummary Fleet(IReadOnlyList<string>? scope = null) => _connections.Read(connection => HomeList.Sum(connection, scope));

    public HomeFacts? Facts(string home, DateTimeOffset from, DateTimeOffset now) =>
        _connections.Read(connection => FactReader.Read(
            connection,
            home,
            from,
            now,
            (node, hours) => NewestHours.Of(connection, node, hours, now),
            (node, fromMs) => WindowReader.Read(WindowReader.Since(connection, node, fromMs).Where(window => window.ReceivedAtMs <= now.ToUnixTimeMilliseconds()))));

    public HomeAssessment? Assessment(string home) => _connections.Read(connection =>
    {
        using var documents = new Query(connection, "SELECT document FROM assessments WHERE home = @home");
        string? document = documents.With("@home", Topics.IsId(home) ? home : "").Rows(row => row.GetString(0)).SingleOrDefault();
        return document == null ? null : AssessmentJson.Read(document);
    });

    /// <summary>Writes a row for each report and channel heard, see <see cref="CsvExport"/>.</summary>
    /// <param name="home">Only this home; null = all.</param>
    /// <param name="node">Only nodes of this id; null = all.</param>
    public void ExportCsv(TextWriter writer, string? home = null, string? node = null) => _connections.Read(connection =>
    {
        CsvExport.Write(connection, writer, home, node);
        return true;
    });

    /// <summary>Writes a row for each report with the sources of its values, see <see cref="ReportCsv"/>; arguments as above.</summary>
    public void ExportReportsCsv(TextWriter writer, string? home = null, string? node = null) => _connections.Read(connection =>
    {
        ReportCsv.Write(connection, writer, home, node);
        return true;
    });

    public void Dispose() => _connections.Dispose();

    // Collectors that share a store count in rows of their own.
    internal static CollectorCounters CountersOf(DbConnection connection)
    {
        using var counters = new Query(connection, "SELECT name, CAST(sum(value) AS BIGINT) FROM counters GROUP BY name");
        return CounterNames.Read(counters.Rows(row => (row.GetString(0), row.GetInt64(1))));
    }

    private static long Number(DbConnection connection, string sql)
    {
        using var query = new Query(connection, sql);
        return query.Number();
    }
}
