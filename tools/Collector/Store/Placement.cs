namespace GatewayAgent.Collector.Store;

/// <summary>What to do with a report that has arrived.</summary>
internal enum Placement
{
    /// <summary>Nothing of it is stored: store it.</summary>
    New,

    /// <summary>All of it is stored, in one report or in several: keep what is there.</summary>
    Duplicate,

    /// <summary>It holds stored reports as a whole and more: it replaces them.</summary>
    Supersedes,

    /// <summary>It holds a part of a stored report: its counts cannot be taken apart.</summary>
    Overlap,
}

/// <summary>
/// Decides by ranges alone, so that totals stay exact. A node that runs out of room merges the oldest reports it still has, among them
/// ones that are stored but whose acknowledgement it has not seen. Such a merged report adds up everything in its range: if all of it is
/// stored it brings nothing, and if stored reports lie in it as a whole it replaces them without counting anything twice. A node never
/// splits a report, so none that works right sends a range that cuts through a stored one.
/// </summary>
internal static class Placements
{
    /// <param name="range">Range of the report that has arrived.</param>
    /// <param name="stored">Stored reports that share a sequence with it; their ranges are disjoint.</param>
    /// <param name="retiredThrough">What was stored up to here was dropped by age, and is not to come back.</param>
    public static Placement Of(SequenceRange range, IReadOnlyList<StoredReport> stored, uint retiredThrough)
    {
        if (range.First <= retiredThrough)
        {
            return range.Last <= retiredThrough ? Placement.Duplicate : Placement.Overlap;
        }

        ulong covered = 0;
        bool areWhole = true;
        foreach (StoredReport report in stored)
        {
            covered += range.Shared(report.Range);
            areWhole &= range.Contains(report.Range);
        }

        return covered switch
        {
            0 => Placement.New,
            _ when covered == range.Length => Placement.Duplicate,
            _ => areWhole ? Placement.Supersedes : Placement.Overlap,
        };
    }
}
