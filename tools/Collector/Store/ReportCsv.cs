using System.Data.Common;
using System.Globalization;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// Reports as comma-separated values, a row each, with where their values come from: also what stock images report, which know no channels
/// and so have no row in <see cref="CsvExport"/>. An empty cell is "not measured"; an age of 0 is fresh. Lines end with a line feed.
/// </summary>
internal static class ReportCsv
{
    /// <summary>start_s is uptime, ages and spans are seconds; a median is the weaker end of its bin of 2 dB.</summary>
    private const string Header =
        "home,node,boot_id,sequence,start_s,span_s,link_source,link_age_s,link_channel,link_rssi_median_dbm,disconnects,"
        + "clients_source,clients_age_s,clients_min,clients_mean,clients_max,clients_rssi_median_dbm,survey_source,off_channel_ms";

    private const string Rows =
        """
        SELECT n.home, n.node, r.payload
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
        // Further parts of a window hold only channels.
        where.Add("r.part = 0");
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
            Report report = Report.Parser.ParseFrom((byte[])reader.GetValue(2));
            writer.Write(string.Join(',', [reader.GetString(0), reader.GetString(1), .. Cells(report).Select(Text)]) + "\n");
        }
    }

    private static IEnumerable<object?> Cells(Report r) =>
        [r.BootId, r.Sequence, r.StartS, r.SpanS, .. Cells(r.Link), .. Cells(r.Clients), r.Survey == null ? null : Names.Of(r.Survey.Source), r.Health?.OffChannelMs];

    private static object?[] Cells(Link? link) => link == null
        ? new object?[5]
        : [Names.Of(link.Source), link.AgeS, link.HasChannel ? link.Channel : null, Median(link.RssiHistogram), link.HasDisconnects ? link.Disconnects : null];

    private static object?[] Cells(Clients? clients) => clients == null
        ? new object?[6]
        :
        [
            Names.Of(clients.Source), clients.AgeS, clients.CountMin, clients.Samples == 0 ? null : (double)clients.CountSum / clients.Samples,
            clients.CountMax, Median(clients.RssiHistogram),
        ];

    private static int? Median(Google.Protobuf.Collections.RepeatedField<uint> packed) =>
        Histogram.TryUnpack(packed, HistogramScale.Rssi, out Histogram? histogram, out _) && histogram.Percentile(50) is { } bin
            ? bin.Least ?? bin.Most
            : null;

    private static string Text(object? cell) => cell switch
    {
        double mean => mean.ToString("0.0", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };
}
