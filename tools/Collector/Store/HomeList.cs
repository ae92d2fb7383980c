using System.Data.Common;
using GatewayAgent.Insight.Diagnosis;

namespace GatewayAgent.Collector.Store;

/// <summary>Homes as lists and totals show them.</summary>
internal static class HomeList
{
    private const string Columns =
        """
        h.home, h.stability, h.baseline, h.worse, h.cause, h.node, h.confidence, h.since_ms, h.summary, h.assessed_at_ms,
          (SELECT count(*) FROM nodes n WHERE n.home = h.home),
          (SELECT count(*) FROM nodes n JOIN states s ON s.node_key = n.node_key WHERE n.home = h.home AND s.status = 1),
          (SELECT max(b.last_received_ms) FROM nodes n JOIN boots b ON b.node_key = n.node_key WHERE n.home = h.home),
          (SELECT max(s.received_at_ms) FROM nodes n JOIN states s ON s.node_key = n.node_key WHERE n.home = h.home)
        """;

    public static IReadOnlyList<HomeSummary> Read(DbConnection connection, HomeQuery query)
    {
        Filter where = Where(query);
        if (where.IsNever)
        {
            return [];
        }

        // What is counted for each home is counted for those of the page only.
        string order = OrderOf(query);
        using var select = new Query(
            connection,
            $"""
            SELECT {Columns}
            FROM (SELECT * FROM homes {where} ORDER BY {order} LIMIT @limit OFFSET @skip) h
            ORDER BY {order}
            """);
        where.Bind(select);
        return select
            .With("@limit", (long)Math.Max(0, query.Limit))
            .With("@skip", (long)Math.Max(0, query.Skip))
            .Rows(Summary);
    }

    public static long Count(DbConnection connection, HomeQuery query)
    {
        Filter where = Where(query);
        if (where.IsNever)
        {
            return 0;
        }

        using var count = new Query(connection, $"SELECT count(*) FROM homes {where}");
        where.Bind(count);
        return count.Number();
    }

    public static FleetSummary Sum(DbConnection connection, IReadOnlyList<string>? scope)
    {
        var where = new Filter();
        where.BeginsWithOneOf("home", scope);
        if (where.IsNever)
        {
            return new FleetSummary(0, 0, 0, 0, 0, 0, 0, 0, null, new Dictionary<Cause, long>());
        }

        (long nodes, long online) = Nodes(connection, where);
        Dictionary<Cause, long> byCause = ByCause(connection, where);
        using var homes = new Query(
            connection,
            $"""
            SELECT count(*), count(CASE WHEN stability >= 90 THEN 1 END), count(CASE WHEN stability >= 70 AND stability < 90 THEN 1 END),
              count(CASE WHEN stability < 70 THEN 1 END), count(CASE WHEN worse = 1 THEN 1 END), avg(stability)
            FROM homes {where}
            """);
        where.Bind(homes);
        return homes.Rows(row => new FleetSummary(
            row.GetInt64(0), nodes, online, row.GetInt64(1), row.GetInt64(2), row.GetInt64(3),
            row.GetInt64(0) - row.GetInt64(1) - row.GetInt64(2) - row.GetInt64(3), row.GetInt64(4), row.Real(5), byCause))[0];
    }

    private static Filter Where(HomeQuery query)
    {
        var where = new Filter();
        where.BeginsWithOneOf("home", query.Scope);
        where.BeginsWithOneOf("home", query.Prefix is { } prefix ? [prefix] : null);
        if (query.Cause is { } cause)
        {
            where.Add("cause = @cause", ("@cause", (long)cause));
        }

        if (query.OnlyGettingWorse)
        {
            where.Add("worse = 1");
        }

        if (query.AssessedAfter is { } after)
        {
            where.Add("assessed_at_ms > @after", ("@after", after.ToUnixTimeMilliseconds()));
        }

        return where;
    }

    private static (long All, long Online) Nodes(DbConnection connection, Filter where)
    {
        using var nodes = new Query(
            connection,
            $"SELECT count(*), count(CASE WHEN s.status = 1 THEN 1 END) FROM (SELECT node_key FROM nodes {where}) n LEFT JOIN states s ON s.node_key = n.node_key");
        where.Bind(nodes);
        return nodes.Rows(row => (row.GetInt64(0), row.GetInt64(1)))[0];
    }

    private static Dictionary<Cause, long> ByCause(DbConnection connection, Filter where)
    {
        using var causes = new Query(connection, $"SELECT cause, count(*) FROM homes {where} GROUP BY cause");
        where.Bind(causes);
        return causes
            .Rows(row => (Cause: row.Number(0), Homes: row.GetInt64(1)))
            .Where(row => row.Cause != null)
            .ToDictionary(row => (Cause)row.Cause!.Value, row => row.Homes);
    }

    private static string OrderOf(HomeQuery query) => query.Order switch
    {
        HomeOrder.Worst => "worst_rank, home",
        HomeOrder.Falling => "falling_rank, home",
        HomeOrder.Assessed => query.AssessedAfter == null ? "assessed_at_ms NULLS LAST, home" : "assessed_at_ms, home",
        _ => "home",
    };

    private static HomeSummary Summary(DbDataReader row) => new(
        row.GetString(0),
        (int)row.GetInt64(10),
        (int)row.GetInt64(11),
        row.Real(1),
        row.Real(2),
        row.GetInt64(3) != 0,
        (Cause?)row.Number(4),
        row.Text(5),
        row.Real(6),
        row.Time(7),
        row.Text(8),
        row.Time(9),
        Latest(row.Number(12), row.Number(13)));

    // A boot of which only the row is there has received nothing: 0.
    private static DateTimeOffset? Latest(long? reports, long? states) =>
        Math.Max(reports ?? 0, states ?? 0) is > 0 and long latest ? WindowTime.Moment(latest) : null;
}
