using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Insight.Scoring;

/// <summary>
/// The home stability index: the good share of the known user time, of the worst node of the home. See docs/home-stability.md. It is the network's
/// part of a customer experience index, not the whole of one.
/// </summary>
public static class HomeStability
{
    /// <summary>User-seconds: a node of which less is known takes no part in an index. An hour of the household alone.</summary>
    public const long LeastKnown = 3600;

    /// <summary>The baseline is the median of this many days, or of what is known of them.</summary>
    public const int BaselineDays = 27;

    /// <summary>With fewer days known there is no baseline.</summary>
    public const int LeastBaselineDays = 5;

    /// <summary>User time of a node over whole hours; hours without a row are unknown.</summary>
    /// <param name="from">A whole hour, included.</param>
    /// <param name="to">Not included; need not be a whole hour.</param>
    public static UserSeconds UsersOf(NodeFacts node, DateTimeOffset from, DateTimeOffset to)
    {
        var users = new UserTime();
        long stated = 0;
        for (int i = FirstAt(node.Hours, from); i < node.Hours.Count && node.Hours[i].Start < to; i++)
        {
            NodeHour hour = node.Hours[i];
            users.Add(hour.Users);
            stated += Math.Max(HourScore.HourSeconds, hour.Sum?.Report.SpanS ?? 0);
        }

        // What is still to come of the last hour is not unknown, and hours without a row are.
        users.AddUnknown((long)(to - from).TotalSeconds - stated);
        UserSeconds sum = users.Sum();
        return sum with { Unknown = Math.Max(0, sum.Unknown) };
    }

    /// <summary>Index of one node, 0–100; null when too little is known.</summary>
    public static double? NodeIndex(UserSeconds users) => users.Known < LeastKnown ? null : users.Score;

    /// <summary>Index of a home over a time, 0–100; null = unknown.</summary>
    /// <param name="from">A whole hour, included.</param>
    /// <param name="to">Not included.</param>
    public static double? HomeIndex(HomeFacts facts, DateTimeOffset from, DateTimeOffset to) =>
        facts.Nodes.Min(node => NodeIndex(UsersOf(node, from, to)));

    /// <summary>First of the 24 hours that end with the hour of a moment.</summary>
    public static DateTimeOffset DayBefore(DateTimeOffset moment) => WholeHour(moment).AddHours(moment == WholeHour(moment) ? -24 : -23);

    /// <summary>Index of each day of the baseline, oldest first; days without an index are left out.</summary>
    public static IReadOnlyList<double> BaselineIndices(HomeFacts facts)
    {
        DateTimeOffset end = DayBefore(facts.Now);
        var indices = new List<double>();
        for (int day = BaselineDays; day >= 1; day--)
        {
            DateTimeOffset from = end.AddDays(-day);
            if (from >= facts.From && HomeIndex(facts, from, from.AddDays(1)) is { } index)
            {
                indices.Add(index);
            }
        }

        return indices;
    }

    internal static DateTimeOffset WholeHour(DateTimeOffset moment)
    {
        DateTimeOffset utc = moment.ToUniversalTime();
        return new DateTimeOffset(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
    }

    // Hours ascend.
    private static int FirstAt(IReadOnlyList<NodeHour> hours, DateTimeOffset from)
    {
        int low = 0, high = hours.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = hours[middle].Start < from ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
