using GatewayAgent.Collector.Ingest;
using GatewayAgent.Protocol;
using Npgsql;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>The reports of a batch: those it meets, read at its beginning; those it adds and removes, written at its end.</summary>
internal sealed class ReportBatch
{
    /// <summary>As the sequence report_keys gives them.</summary>
    private const long KeysABlock = 10_000;

    /// <summary>Ranges beyond a gap that are read at once.</summary>
    private const int RangesARound = 64;

    private readonly Dictionary<long, List<StoredReport>> _known = [];
    private readonly Dictionary<long, Added> _added = [];
    private readonly List<(Boot Boot, StoredReport Report)> _removed = [];
    private readonly Dictionary<long, uint> _readThrough = [];
    private long _nextKey;
    private long _keysEnd;

    /// <summary>Reads the stored reports that those of the batch can meet: above the highest sequence of a boot there are none.</summary>
    public void Load(NpgsqlConnection connection, IEnumerable<(Boot Boot, SequenceRange Range)> ranges)
    {
        _known.Clear();
        _added.Clear();
        _removed.Clear();
        _readThrough.Clear();
        (Boot Boot, SequenceRange Range)[] met = [.. ranges.Where(report => report.Range.First <= report.Boot.Highest)];
        if (met.Length == 0)
        {
            return;
        }

        // Ranges ascend with their ends: those that end in the range, and the next one if it begins there.
        using var find = new BatchCommand(
            connection,
            """
            SELECT DISTINCT r.report_key, r.first_sequence, r.sequence, r.start_s, r.span_s, r.boot_time, r.received_at_ms, r.boot_key
            FROM unnest($1, $2, $3) AS w (boot_key, first, last),
            LATERAL (
              SELECT * FROM reports WHERE boot_key = w.boot_key AND sequence >= w.first AND sequence <= w.last
              UNION ALL
              SELECT * FROM (SELECT * FROM reports WHERE boot_key = w.boot_key AND sequence > w.last ORDER BY sequence LIMIT 1) n WHERE first_sequence <= w.last
            ) r
            """);
        Add(find
            .With([.. met.Select(report => report.Boot.Key)])
            .With([.. met.Select(report => (long)report.Range.First)])
            .With([.. met.Select(report => (long)report.Range.Last)]));
    }

    public List<StoredReport> Sharing(Boot boot, SequenceRange range) => !_known.TryGetValue(boot.Key, out List<StoredReport>? known)
        ? []
        : [.. known.Where(report => report.Range.Shared(range) > 0).OrderBy(report => report.Range.First)];

    public void Add(NpgsqlConnection connection, Boot boot, SequenceRange range, ReportIntake intake)
    {
        Report report = intake.Report;
        long key = NextKey(connection);
        Know(boot.Key, new StoredReport(key, range, report.StartS, report.SpanS, report.HasBootTime ? report.BootTime : null, intake.ReceivedAtMs));
        _added.Add(key, new Added(key, boot, range, intake));
    }

    public void Remove(Boot boot, StoredReport report)
    {
        _known[boot.Key].RemoveAll(known => known.Key == report.Key);
        if (!_added.Remove(report.Key))
        {
            _removed.Add((boot, report));
        }
    }

    /// <summary>The end of a range that holds a sequence, among those that were read or added; null when none does.</summary>
    public uint? EndOf(Boot boot, uint sequence)
    {
        if (_known.TryGetValue(boot.Key, out List<StoredReport>? known))
        {
            foreach (StoredReport report in known)
            {
                if (report.Range.First <= sequence && sequence <= report.Range.Last)
                {
                    return report.Range.Last;
                }
            }
        }

        return null;
    }

    /// <summary>Whether what is stored around a sequence above a gap was read.</summary>
    public bool IsRead(Boot boot, uint sequence) => sequence <= _readThrough.GetValueOrDefault(boot.Key);

    /// <summary>Reads what is stored next above a gap of each of some boots.</summary>
    public void LoadBeyond(NpgsqlConnection connection, IReadOnlyCollection<Boot> boots)
    {
        using var find = new BatchCommand(
            connection,
            """
            SELECT r.report_key, r.first_sequence, r.sequence, r.start_s, r.span_s, r.boot_time, r.received_at_ms, r.boot_key
            FROM unnest($1, $2) AS w (boot_key, acked),
            LATERAL (SELECT * FROM reports WHERE boot_key = w.boot_key AND sequence > w.acked ORDER BY sequence LIMIT $3) r
            """);
        find.With([.. boots.Select(boot => boot.Key)]).With([.. boots.Select(boot => (long)boot.AckedThrough)]).With(RangesARound);
        ILookup<long, StoredReport> found = Add(find).ToLookup(read => read.BootKey, read => read.Report);
        foreach (Boot boot in boots)
        {
            bool isAll = found[boot.Key].Count() < RangesARound;
            _readThrough[boot.Key] = isAll ? uint.MaxValue : found[boot.Key].Max(report => report.Range.Last);
        }
    }

    public void Write(NpgsqlConnection connection)
    {
        if (_removed.Count > 0)
        {
            WriteRemoved(connection);
        }

        if (_added.Count == 0)
        {
            return;
        }

        CopyWriter.Write(
            connection,
            "reports (report_key, boot_key, first_sequence, sequence, start_s, received_at_ms, boot_time, span_s, part, payload)",
            _added.Values,
            WriteReport);
    }

    private static void WriteReport(CopyWriter copy, Added added)
    {
        Report report = added.Intake.Report;
        copy.Put(added.Key).Put(added.Boot.Key).Put(added.Range.First).Put(added.Range.Last)
            .Put(report.StartS).Put(added.Intake.ReceivedAtMs).Put(report.HasBootTime ? report.BootTime : (long?)null)
            .PutInteger((int)report.SpanS).PutInteger((int)Math.Min(report.Part, int.MaxValue))
            .Put(added.Intake.Payload);
    }

    private void WriteRemoved(NpgsqlConnection connection)
    {
        using var reports = new BatchCommand(
            connection,
            """
            DELETE FROM reports r USING unnest($1, $2, $3) AS w (boot_key, sequence, received)
            WHERE r.boot_key = w.boot_key AND r.sequence = w.sequence AND r.received_at_ms = w.received
            """);
        reports
            .With([.. _removed.Select(removed => removed.Boot.Key)])
            .With([.. _removed.Select(removed => (long)removed.Report.Range.Last)])
            .With([.. _removed.Select(removed => removed.Report.ReceivedAtMs)])
            .Run();
    }

    private List<(long BootKey, StoredReport Report)> Add(BatchCommand find)
    {
        List<(long BootKey, StoredReport Report)> found = find.Rows(row => (row.GetInt64(7), new StoredReport(
            row.GetInt64(0), new SequenceRange((uint)row.GetInt64(1), (uint)row.GetInt64(2)), row.GetInt64(3), row.GetInt64(4), row.Number(5), row.GetInt64(6))));
        foreach ((long boot, StoredReport report) in found)
        {
            Know(boot, report);
        }

        return found;
    }

    private void Know(long bootKey, StoredReport report)
    {
        if (!_known.TryGetValue(bootKey, out List<StoredReport>? known))
        {
            _known.Add(bootKey, known = []);
        }

        known.Add(report);
    }

    // Keys are not given back at a rollback; there are enough.
    private long NextKey(NpgsqlConnection connection)
    {
        if (_nextKey == _keysEnd)
        {
            _nextKey = PostgresDatabase.Number(connection, "SELECT nextval('report_keys')");
            _keysEnd = _nextKey + KeysABlock;
        }

        return _nextKey++;
    }

    private sealed record Added(long Key, Boot Boot, SequenceRange Range, ReportIntake Intake);
}
