using System.Data.Common;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>Drops reports by age, those stored first before others. For one thread at a time.</summary>
internal sealed class SqliteRetention
{
    /// <summary>Rows a transaction: some milliseconds, in which no batch is written.</summary>
    private const int Bite = 500;

    /// <summary>Then a report goes although its hour was not made of it.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromDays(7);

    // Up to here rows were dropped, or have to stay for now.
    private long _through;

    /// <summary>Drops some; false when there were none.</summary>
    /// <param name="now">What was received later was received by a clock that was set back since: it counts from now on.</param>
    public bool DropSome(DbConnection connection, DateTimeOffset receivedBefore, DateTimeOffset now)
    {
        (long beforeMs, long nowMs) = (receivedBefore.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        List<Row> next = Next(connection);
        foreach (Row row in next.Where(row => row.Report.ReceivedAtMs > nowMs + WindowTime.ClockErrorMs))
        {
            Receive(connection, row, nowMs);
        }

        List<Row> old = [.. next.Where(row => row.Report.ReceivedAtMs <= nowMs + WindowTime.ClockErrorMs).TakeWhile(row => row.Report.ReceivedAtMs < beforeMs)];
        if (old.Count == 0)
        {
            _through = 0;
            return false;
        }

        foreach (Row row in old)
        {
            if (row.Report.ReceivedAtMs < beforeMs - (long)_patience.TotalMilliseconds || !IsStale(connection, row))
            {
                Drop(connection, row);
            }
        }

        _through = old[^1].Report.Key;
        return true;
    }

    private List<Row> Next(DbConnection connection)
    {
        using var next = new Query(
            connection,
            """
            SELECT r.report_key, r.first_sequence, r.sequence, r.start_s, r.span_s, r.boot_time, r.received_at_ms, b.boot_key, b.node_key, b.started_ms
            FROM reports r JOIN boots b ON b.boot_key = r.boot_key
            WHERE r.report_key > @through ORDER BY r.report_key LIMIT @bite
            """);
        return next.With("@through", _through).With("@bite", (long)Bite).Rows(row => new Row(
            new StoredReport(
                row.GetInt64(0), new SequenceRange((uint)row.GetInt64(1), (uint)row.GetInt64(2)), row.GetInt64(3), row.GetInt64(4), row.Number(5), row.GetInt64(6)),
            row.GetInt64(7), row.GetInt64(8), row.Number(9) ?? 0));
    }

    private static void Receive(DbConnection connection, Row row, long nowMs)
    {
        using var receive = new Query(connection, "UPDATE reports SET received_at_ms = @now WHERE report_key = @report");
        receive.With("@now", nowMs).With("@report", row.Report.Key).Run();
    }

    private static bool IsStale(DbConnection connection, Row row)
    {
        using var stale = new Query(connection, "SELECT 1 FROM stale_hours WHERE node_key = @node AND hour = @hour");
        return stale.With("@node", row.NodeKey).With("@hour", row.Report.HourOf(row.BootStartedMs)).Number() == 1;
    }

    private static void Drop(DbConnection connection, Row row)
    {
        using var drop = new Query(
            connection,
            """
            DELETE FROM reports WHERE report_key = @report;
            INSERT INTO retired VALUES (@boot, @last, @sequences)
            ON CONFLICT (boot_key) DO UPDATE SET through = max(through, excluded.through), sequences = sequences + excluded.sequences;
            """);
        drop.With("@report", row.Report.Key).With("@boot", row.BootKey)
            .With("@last", (long)row.Report.Range.Last).With("@sequences", (long)row.Report.Range.Length).Run();
    }

    private readonly record struct Row(StoredReport Report, long BootKey, long NodeKey, long BootStartedMs);
}
