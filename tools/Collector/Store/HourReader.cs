using System.Data.Common;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>An hour of a node as it is stored.</summary>
/// <param name="MadeAtMs">When it was made of its windows.</param>
internal sealed record StoredHour(NodeHour Hour, long MadeAtMs);

/// <summary>Reads <c>node_hours</c>.</summary>
internal static class HourReader
{
    /// <summary>Column of each <see cref="Classifier"/>, in their order.</summary>
    public static readonly string[] BadColumns =
        ["coverage_s", "congestion_s", "interference_s", "backhaul_s", "wan_s", "node_health_s", "overload_s", "placement_s"];

    private const int FirstBad = 4;

    private static readonly string _select =
        $"""
        SELECT hour, made_at_ms, good_s, unknown_s, {string.Join(", ", BadColumns)}, start_ms, start_estimated, payload FROM node_hours
        WHERE node_key = @node AND hour >= @first AND hour <= @last ORDER BY hour
        """;

    /// <summary>Hours of a node, both ends included, ascending.</summary>
    public static List<StoredHour> Read(DbConnection connection, long nodeKey, long first, long last)
    {
        using var hours = new Query(connection, _select);
        return hours.With("@node", nodeKey).With("@first", first).With("@last", last).Rows(Hour);
    }

    private static StoredHour Hour(DbDataReader row)
    {
        var users = new UserSeconds(
            row.GetInt64(2), row.GetInt64(3), [.. Enumerable.Range(FirstBad, UserSeconds.Classifiers).Select(row.GetInt64)]);
        return new StoredHour(new NodeHour(WindowTime.HourStart(row.GetInt64(0)), users, Sum(row)), row.GetInt64(1));
    }

    private static NodeWindow? Sum(DbDataReader row)
    {
        const int Start = FirstBad + UserSeconds.Classifiers;
        if (row.Time(Start) is not { } start)
        {
            return null;
        }

        Report report = Report.Parser.ParseFrom(row.Bytes(Start + 2));
        return WindowReader.Of(start, report, row.GetInt64(Start + 1) != 0);
    }
}
