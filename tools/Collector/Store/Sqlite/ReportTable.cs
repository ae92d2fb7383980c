using GatewayAgent.Collector.Ingest;
using GatewayAgent.Protocol;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>Rows of <c>reports</c>.</summary>
internal sealed class ReportTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(
        connection,
        """
        INSERT INTO reports (boot_key, first_sequence, sequence, part, start_s, span_s, boot_time, received_at_ms, payload)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """);

    private readonly Statement _delete = new(connection, "DELETE FROM reports WHERE report_key = ?1");

    private readonly Statement _from = new(
        connection,
        """
        SELECT report_key, first_sequence, sequence, start_s, span_s, boot_time, received_at_ms FROM reports
        WHERE boot_key = ?1 AND sequence >= ?2 ORDER BY sequence
        """);

    private readonly Statement _retired = new(connection, "SELECT through FROM retired WHERE boot_key = ?1");

    public void Insert(Boot boot, SequenceRange range, ReportIntake intake)
    {
        Report report = intake.Report;
        _insert
            .Bind(1, boot.Key).Bind(2, range.First).Bind(3, range.Last).Bind(4, report.Part)
            .Bind(5, report.StartS).Bind(6, report.SpanS).Bind(7, report.HasBootTime ? report.BootTime : (long?)null)
            .Bind(8, intake.ReceivedAtMs).Bind(9, intake.Payload.AsSpan())
            .Run();
    }

    public void Delete(StoredReport report) => _delete.Bind(1, report.Key).Run();

    /// <summary>Stored reports that share a sequence with <paramref name="range"/>, ascending. Ranges of a boot are disjoint.</summary>
    public List<StoredReport> Sharing(Boot boot, SequenceRange range)
    {
        var found = new List<StoredReport>();
        _from.Bind(1, boot.Key).Bind(2, range.First);
        while (_from.Read())
        {
            var stored = new StoredReport(
                _from.Long(0), new SequenceRange((uint)_from.Long(1), (uint)_from.Long(2)), _from.Long(3), _from.Long(4), _from.LongOrNull(5), _from.Long(6));
            if (stored.Range.First > range.Last)
            {
                _from.Reset();
                break;
            }

            found.Add(stored);
        }

        return found;
    }

    /// <summary>The stored range that holds <paramref name="sequence"/>, or null.</summary>
    public SequenceRange? Holding(Boot boot, uint sequence)
    {
        _from.Bind(1, boot.Key).Bind(2, sequence);
        if (!_from.Read())
        {
            return null;
        }

        var range = new SequenceRange((uint)_from.Long(1), (uint)_from.Long(2));
        _from.Reset();
        return range.First <= sequence ? range : null;
    }

    /// <summary>Reports of the boot up to here were dropped by age; 0 = none.</summary>
    public uint RetiredThrough(Boot boot)
    {
        _retired.Bind(1, boot.Key);
        if (!_retired.Read())
        {
            return 0;
        }

        var through = (uint)_retired.Long(0);
        _retired.Reset();
        return through;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
        _from.Dispose();
        _retired.Dispose();
    }
}
