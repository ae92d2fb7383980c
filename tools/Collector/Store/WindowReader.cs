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

    /// <summary>Reports read at once: an hour of them, then more.</summary>
    private const int FirstBite = 32, MostBite = 1024;

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

    public static NodeWindow Of(DateTimeOffset start, Report report, bool isStartEstimated) =>
        new(start, report, report.Survey == null ? [] : HeardRows.Read(report.Survey.Heard), isStartEstimated);

    private static IEnumerable<StoredWindow> OfBoot(DbConnection connection, BootStart boot, long fromMs)
    {
        long below = long.MaxValue;
        for (int bite = FirstBite; ; bite = Math.Min(2 * bite, MostBite))
        {
            List<(long Sequence, StoredWindow Window)> read = Bite(connection, boot, fromMs, below, bite);
            foreach ((long sequence, StoredWindow window) in read)
            {
                below = sequence;
                if (window.EndMs > fromMs)
                {
                    yield return window;
                }
                else if (window.EndMs <= fromMs - MostDisorderMs)
                {
                    yield break;
                }
            }

            if (read.Count < bite)
            {
                yield break;
            }
        }
    }

    // In bites: whoever leaves off reading a result has the rest of it read all the same, by the driver.
    private static List<(long Sequence, StoredWindow Window)> Bite(DbConnection connection, BootStart boot, long fromMs, long below, int most)
    {
        using var reports = new Query(
            connection,
            """
            SELECT start_s, span_s, part, boot_time, received_at_ms, payload, sequence FROM reports
            WHERE boot_key = @boot AND sequence < @below AND received_at_ms >= @from ORDER BY sequence DESC LIMIT @most
            """);
        return reports
            .With("@boot", boot.Key).With("@below", below).With("@from", fromMs - WindowTime.ClockErrorMs).With("@most", (long)most)
            .Rows(row => (row.GetInt64(6), Place(row, boot)));
    }

    private static StoredWindow Place(DbDataReader row, BootStart boot)
    {
        (long startS, long spanS, long receivedAtMs) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(4));
        long? stated = WindowTime.StatedBoot(row.Number(3), startS, spanS, receivedAtMs);
        long startMs = WindowTime.StartOf(row.Number(3), startS, spanS, receivedAtMs, boot.StartedMs);
        return new StoredWindow(boot.Key, startS, spanS, (uint)row.GetInt64(2), startMs, stated == null && !boot.IsStated, receivedAtMs, row.Bytes(5));
    }

    private static NodeWindow Join(IEnumerable<StoredWindow> parts)
    {
        StoredWindow[] ordered = [.. parts.OrderBy(part => part.Part)];
        Report first = Report.Parser.ParseFrom(ordered[0].Payload);
        Report report = ordered.Length == 1 ? first : WindowParts.Join(first, ordered.Skip(1).Select(part => Report.Parser.ParseFrom(part.Payload)));
        return Of(WindowTime.Moment(ordered[0].StartMs), report, ordered[0].IsStartEstimated);
    }

    private readonly record struct BootStart(long Key, long StartedMs, bool IsStated);
}
