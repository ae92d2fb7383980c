using System.Data.Common;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>What is stored of boots, in numbers.</summary>
internal static class BootList
{
    public static BootTotals Totals(DbConnection connection, string home, string node, uint bootId)
    {
        var where = new Filter();
        where.OfHome("n.home", home);
        where.OfNode("n.node", node);
        if (where.IsNever)
        {
            return new BootTotals(0, 0);
        }

        where.Add("b.boot_id = @boot_id", ("@boot_id", (long)bootId));
        using var reports = new Query(
            connection,
            $"""
            SELECT r.sequence - r.first_sequence + 1, r.payload
            FROM nodes n
            JOIN boots b ON b.node_key = n.node_key
            JOIN reports r ON r.boot_key = b.boot_key
            {where}
            """);
        where.Bind(reports);
        return reports.Stream().Aggregate(
            new BootTotals(0, 0), (sum, row) => new BootTotals(sum.Sequences + row.GetInt64(0), sum.Beacons + Beacons(Report.Parser.ParseFrom(row.Bytes(1)))));
    }

    /// <summary>What no report covers, stored or dropped by age.</summary>
    public static long MissingSequences(DbConnection connection, string? home)
    {
        var where = new Filter();
        where.OfHome("home", home);
        return where.IsNever
            ? 0
            : Sum(connection, "highest", "boots", where)
                - Sum(connection, "sequence - first_sequence + 1", "reports", where)
                - Sum(connection, "sequences", "retired", where);
    }

    private static long Beacons(Report report) => report.Survey == null ? 0 : HeardRows.Read(report.Survey.Heard).Sum(row => (long)row.Beacons);

    private static long Sum(DbConnection connection, string what, string table, Filter ofNodes)
    {
        string ofBoots = $"boot_key IN (SELECT boot_key FROM boots WHERE node_key IN (SELECT node_key FROM nodes {ofNodes}))";
        using var sum = new Query(connection, $"SELECT CAST(sum({what}) AS BIGINT) FROM {table} {(ofNodes.IsAlways ? "" : $"WHERE {ofBoots}")}");
        ofNodes.Bind(sum);
        return sum.Number();
    }
}
