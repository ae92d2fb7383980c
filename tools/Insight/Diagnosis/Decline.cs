using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Whether a home gets worse, also before its index says so: for those who call before they are called.</summary>
internal static class Decline
{
    // Of the index, beyond what its days usually differ by.
    private const double LeastFall = 8, Spreads = 3;

    // What falls this far is on its way, even when it is still good.
    private const double LeastLinkFallDb = 8, NotYetGoodDbm = -62;

    // Older troubles are known.
    private static readonly TimeSpan _recent = TimeSpan.FromDays(21);

    public static bool IsGettingWorse(HomeView home, IReadOnlyList<Finding> findings, double? index, Baseline? baseline) =>
        HasFallen(index, baseline)
        || findings.Any(finding => finding.Since is { } since && home.Now - since <= _recent && finding.Cause is not (Cause.WanDown or Cause.SilentNode))
        || home.Nodes.Any(node => !node.IsCompanion && node.IsFresh && node.LinkRssi.ShiftOf(-LeastLinkFallDb) is { Now: < NotYetGoodDbm });

    // One bad day is no decline.
    private static bool HasFallen(double? index, Baseline? baseline) =>
        baseline != null && index < Limit(baseline) && baseline.Yesterday < Limit(baseline);

    private static double Limit(Baseline baseline) => baseline.Index - Math.Max(LeastFall, Spreads * baseline.Spread);
}
