using System.Data.Common;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Assessing;

/// <summary>Scores and merges the windows of one node in one hour: <see cref="Insight.HomeInsight.HourOf"/>.</summary>
internal delegate NodeHour HourScorer(DateTimeOffset start, IReadOnlyList<NodeWindow> windows, State? birth);

/// <summary>An hour made anew.</summary>
/// <param name="Hour">Null = without windows.</param>
/// <param name="Windows">Its windows; null when it was made of a sum as well, because reports of it may have been dropped by age.</param>
internal sealed record MadeHour(NodeHour? Hour, IReadOnlyList<NodeWindow>? Windows)
{
    public static MadeHour None { get; } = new(null, []);
}

/// <summary>Makes hours anew of what is stored of them.</summary>
internal sealed class HourMaker(HourScorer score, TimeSpan keepReports)
{
    /// <summary>The hours of one node as they are now.</summary>
    public Dictionary<StaleHour, MadeHour> Make(DbConnection connection, long nodeKey, IReadOnlyCollection<StaleHour> stale, DateTimeOffset now)
    {
        State? birth = BirthOf(connection, nodeKey);
        HashSet<long> wanted = [.. stale.Select(hour => hour.Hour)];

        // A window begins at most half its length before the middle, which lies in the hour; it cannot end before that hour begins.
        List<StoredWindow> windows = WindowReader.Since(connection, nodeKey, wanted.Min() * WindowTime.HourMs);
        ILookup<long, StoredWindow> byHour = windows.Where(window => wanted.Contains(window.Hour)).ToLookup(window => window.Hour);
        return stale.ToDictionary(hour => hour, hour => Make(connection, hour, [.. byHour[hour.Hour]], birth, now));
    }

    /// <summary>Hours as stored, with those that were made anew in their place.</summary>
    public static List<NodeHour> Merge(long nodeKey, List<NodeHour> stored, Dictionary<StaleHour, MadeHour> made)
    {
        IEnumerable<KeyValuePair<StaleHour, MadeHour>> ofNode = made.Where(hour => hour.Key.NodeKey == nodeKey);
        Dictionary<DateTimeOffset, NodeHour?> changed = ofNode.ToDictionary(hour => WindowTime.HourStart(hour.Key.Hour), hour => hour.Value.Hour);
        if (changed.Count == 0)
        {
            return stored;
        }

        return [.. stored
            .Where(hour => !changed.ContainsKey(hour.Start))
            .Concat(changed.Values.OfType<NodeHour>())
            .OrderBy(hour => hour.Start)];
    }

    private MadeHour Make(DbConnection connection, StaleHour stale, IReadOnlyList<StoredWindow> stored, State? birth, DateTimeOffset now)
    {
        DateTimeOffset start = WindowTime.HourStart(stale.Hour);
        bool isWhole = start.AddMilliseconds(-WindowTime.ClockErrorMs) > now - keepReports;
        List<NodeWindow> windows = isWhole
            ? WindowReader.Read(stored)
            : AddTo(HourReader.Read(connection, stale.NodeKey, stale.Hour, stale.Hour).SingleOrDefault(), stored);
        return new MadeHour(windows.Count == 0 ? null : score(start, windows, birth), isWhole ? windows : null);
    }

    // Reports of the hour may have been dropped by age: what was made of them stands for them, and only later ones are added.
    private static List<NodeWindow> AddTo(StoredHour? made, IReadOnlyList<StoredWindow> stored) => made?.Hour.Sum is { } sum
        ? [sum, .. WindowReader.Read(stored.Where(window => window.ReceivedAtMs > made.MadeAtMs))]
        : WindowReader.Read(stored);

    private static State? BirthOf(DbConnection connection, long nodeKey)
    {
        using var birth = new Query(connection, "SELECT birth FROM states WHERE node_key = @node AND birth IS NOT NULL");
        return birth.With("@node", nodeKey).Rows(row => State.Parser.ParseFrom(row.Bytes(0))).SingleOrDefault();
    }
}
