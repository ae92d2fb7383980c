using System.Data.Common;
using System.Globalization;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// Reports as comma-separated values: a row for each report and channel heard, by home, node, boot (in the order in which they were first
/// heard of), start and channel. An empty cell is "not measured". Lines end with a line feed.
/// </summary>
internal static class CsvExport
{
    /// <summary>start_s is uptime, span_s seconds, utilisation 0–255 with one decimal for the mean.</summary>
    private const string Header =
        "start_s,span_s,channel,beacons,ap_count,rssi_max_dbm,utilization_min,utilization_mean,utilization_max,stations_max";

    private const string Reports =
        """
        SELECT b.boot_key, r.start_s, r.payload
        FROM nodes n
        JOIN boots b ON b.node_key = n.node_key
        JOIN reports r ON r.boot_key = b.boot_key
        {0}
        ORDER BY n.home, n.node, b.boot_key, r.start_s, r.sequence
        """;

    public static void Write(DbConnection connection, TextWriter writer, string? home, string? node)
    {
        writer.Write(Header + "\n");
        var where = new Filter();
        where.OfHome("n.home", home);
        where.OfNode("n.node", node);
        if (where.IsNever)
        {
            return;
        }

        using var reports = new Query(connection, Reports.Replace("{0}", $"{where}", StringComparison.Ordinal));
        where.Bind(reports);
        (long Boot, long StartS) at = default;
        var parts = new List<Report>();
        foreach (DbDataReader row in reports.Stream())
        {
            (long Boot, long StartS) next = (row.GetInt64(0), row.GetInt64(1));
            if (next != at)
            {
                Write(writer, parts);
                parts.Clear();
                at = next;
            }

            parts.Add(Report.Parser.ParseFrom(row.Bytes(2)));
        }

        Write(writer, parts);
    }

    // The parts of a window, by channel.
    private static void Write(TextWriter writer, List<Report> parts)
    {
        foreach ((Report report, HeardRow row) in parts
            .Where(report => report.Survey != null)
            .SelectMany(report => HeardRows.Read(report.Survey.Heard), (report, row) => (report, row))
            .OrderBy(heard => heard.row.Channel))
        {
            writer.Write(Line(report, row));
        }
    }

    private static string Line(Report report, HeardRow row)
    {
        string mean = row.Load is { } load ? ((double)load.Sum / load.Count).ToString("0.0", CultureInfo.InvariantCulture) : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{report.StartS},{report.SpanS},{row.Channel},{row.Beacons},{row.ApCount},{row.RssiMaxDbm},{row.Load?.Min},{mean},{row.Load?.Max},{row.Load?.StationsMax}\n");
    }
}
