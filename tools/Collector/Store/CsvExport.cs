using System.Data.Common;
using System.Globalization;

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

    private const string Rows =
        """
        SELECT r.start_s, r.span_s, c.channel, c.beacons, c.ap_count, c.rssi_max_dbm,
          c.utilization_min, c.load_sum, c.load_count, c.utilization_max, c.stations_max
        FROM nodes n
        JOIN boots b ON b.node_key = n.node_key
        JOIN reports r ON r.boot_key = b.boot_key
        JOIN channels c ON c.report_key = r.report_key
        {0}
        ORDER BY n.home, n.node, b.boot_key, r.start_s, c.channel, r.sequence
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

        using var rows = new Query(connection, Rows.Replace("{0}", $"{where}", StringComparison.Ordinal));
        where.Bind(rows);
        foreach (DbDataReader reader in rows.Stream())
        {
            writer.Write(Line(reader));
        }
    }

    private static string Line(DbDataReader row)
    {
        string mean = row.IsDBNull(7) ? "" : ((double)row.GetInt64(7) / row.GetInt64(8)).ToString("0.0", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{row.GetInt64(0)},{row.GetInt64(1)},{row.GetInt64(2)},{row.GetInt64(3)},{row.GetInt64(4)},{Cell(row, 5)},{Cell(row, 6)},{mean},{Cell(row, 9)},{Cell(row, 10)}\n");
    }

    private static string Cell(DbDataReader row, int column) =>
        row.IsDBNull(column) ? "" : row.GetInt64(column).ToString(CultureInfo.InvariantCulture);
}
