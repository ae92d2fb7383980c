using System.Data.Common;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight;
using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Collector.Assessing;

/// <summary>Hours of a node as an assessor would make them now: one that has just gone by may not have been made yet.</summary>
internal static class NewestHours
{
    /// <summary>Older ones wait for their assessor.</summary>
    private static readonly TimeSpan _made = TimeSpan.FromDays(1);

    private static readonly HourMaker _maker = new((start, windows, birth) => HomeInsight.HourOf(start, windows, birth), 2 * _made);

    public static List<NodeHour> Of(DbConnection connection, long nodeKey, List<NodeHour> stored, DateTimeOffset now)
    {
        using var marks = new Query(connection, "SELECT hour FROM stale_hours WHERE node_key = @node AND hour >= @first");
        List<StaleHour> stale = marks
            .With("@node", nodeKey).With("@first", (now - _made).ToUnixTimeMilliseconds() / WindowTime.HourMs)
            .Rows(row => new StaleHour(nodeKey, row.GetInt64(0)));
        return stale.Count == 0 ? stored : HourMaker.Merge(nodeKey, stored, _maker.Make(connection, nodeKey, stale, now));
    }
}
