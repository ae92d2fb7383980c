using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;

namespace GatewayAgent.Portal.Documents;

/// <summary>A fleet in numbers.</summary>
/// <param name="At">When it was counted.</param>
/// <param name="MeanIndex">Home stability index, 0–100, over the homes that have one.</param>
/// <param name="ByBand">Homes with an index of at least 90 (good), 70 (fair), less (poor), or none (unknown).</param>
/// <param name="ByCause">Homes by their likeliest cause.</param>
internal sealed record FleetDocument(
    DateTimeOffset At,
    long Homes,
    long Nodes,
    long NodesOnline,
    double? MeanIndex,
    long GettingWorse,
    BandCounts ByBand,
    IReadOnlyDictionary<Cause, long> ByCause)
{
    public static FleetDocument Of(FleetSummary fleet, DateTimeOffset at) => new(
        at,
        fleet.Homes,
        fleet.Nodes,
        fleet.NodesOnline,
        Round.Tenth(fleet.MeanIndex),
        fleet.GettingWorse,
        new BandCounts(fleet.Good, fleet.Fair, fleet.Poor, fleet.Unknown),
        fleet.ByCause);
}

/// <summary>Homes by the band of their index.</summary>
internal sealed record BandCounts(long Good, long Fair, long Poor, long Unknown);
