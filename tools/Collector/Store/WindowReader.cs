using System.Data.Common;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>A window as it is stored, placed in time; not read yet.</summary>
/// <param name="BootKey">With start and span the same for all parts of a window.</param>
internal sealed record StoredWindow(long BootKey, long StartS, long SpanS, uint Part, long StartMs, bool IsStartEstimated, long ReceivedAtMs, byte[] Payload)
{
    public long EndMs => StartMs + (SpanS * 1000);

    /// <summary>The hour in which it counts.</summary>
    public long Hour => WindowTime.HourOf(StartMs, SpanS);
}

/// <summary>Reads the windows of a node out of its reports.</summary>
internal static class WindowReader
{
    /// <summary>A node that corrects its clock moves its windows by little: they are as good as in order.</summary>
    private const long MostDisorderMs = WindowTime.HourMs;

    /// <summary>
    /// Windows that end after a moment. Reports are read from the newest of each boot backwards, so that it costs what it brings: times of a boot
    /// ascend with its sequences.
    /// </summary>
    public static List<StoredWindow> Since(DbConnection connection, long nodeKey, long fromMs)
    {
        using var boots = new Query(
            connection,
            """
            SELECT boot_key, started_ms, started_stated FROM boots
            WHERE node_key = @node AND last_received_ms >= @from AND started_ms IS NOT NULL
            """);
        List<BootStart> found = boots
            .With("@node", nodeKey)
            .With("@from", fromMs - WindowTime.ClockErrorMs)
            .Rows(row => new BootStart(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2) != 0));
        return [.. found.SelectMany(boot => OfBoot(connection, boot, fromMs)).OrderBy(window => window.StartMs)];
    }

    /// <summary>Reads windows, parts joined, ascending by start.</summary>
    public static List<NodeWindow> Read(IEnumerable<StoredWindow> stored) =>
        [.. stored.GroupBy(window => (window.BootKey, window.StartS, window.SpanS)).Select(Join).OrderBy(window => window.Start)];

    private static IEnumerable<StoredWindow> OfBoot(DbConnection connection, BootStart boot, long fromMs)
    {
        using var reports = new Query(
            connection,
            """
            SELECT start_s, span_s, part, boot_time, received_at_ms, payload FROM reports
            WHERE boot_key = @boot AND received_at_ms >= @from ORDER BY sequence DESC
            """);
        foreach (DbDataReader row in reports.With("@boot", boot.Key).With("@from", fromMs - WindowTime.ClockErrorMs).Stream())
        {
            StoredWindow window = Place(row, boot);
            if (window.EndMs > fromMs)
            {
                yield return window;
            }
            else if (window.EndMs <= fromMs - MostDisorderMs)
            {
                yield break;
            }
        }
    }

    private static StoredWindow Place(DbDataReader row, BootStart boot)
    {
        (long startS, long spanS, long receivedAtMs) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(4));
        long? stated = WindowTime.StatedBoot(row.Number(3), startS, spanS, receivedAtMs);
        long startMs = (stated ?? boot.StartedMs) + (startS * 1000);
        return new StoredWindow(boot.Key, startS, spanS, (uint)row.GetInt64(2), startMs, stated == null && !boot.IsStated, receivedAtMs, row.Bytes(5));
    }

    private static NodeWindow Join(IEnumerable<StoredWindow> parts)
    {
        StoredWindow[] ordered = [.. parts.OrderBy(part => part.Part)];
        Report first = Report.Parser.ParseFrom(ordered[0].Payload);
        Report report = ordered.Length == 1 ? first : WindowParts.Join(first, ordered.Skip(1).Select(part => Report.Parser.ParseFrom(part.Payload)));
        return new NodeWindow(
            WindowTime.Moment(ordered[0].StartMs), report, report.Survey == null ? [] : HeardRows.Read(report.Survey.Heard), ordered[0].IsStartEstimated);
    }

    private readonly record struct BootStart(long Key, long StartedMs, bool IsStated);
}
