using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;

namespace GatewayAgent.Portal.Documents;

/// <summary>A page of a list of homes.</summary>
/// <param name="Total">Homes on all pages together.</param>
/// <param name="Next">What to skip for the next page; absent on the last.</param>
internal sealed record HomeListDocument(IReadOnlyList<HomeRow> Homes, long Total, long Skip, long Limit, long? Next)
{
    /// <param name="rows">One more than the page holds, when there are more.</param>
    /// <param name="total">Counted a moment later: the page itself knows better how many there are at least.</param>
    public static HomeListDocument Of(IReadOnlyList<HomeSummary> rows, long total, int skip, int limit) => new(
        [.. rows.Take(limit).Select(HomeRow.Of)], Math.Max(total, rows.Count == 0 ? 0 : skip + rows.Count), skip, limit, rows.Count > limit ? skip + limit : null);
}

/// <summary>A home in a list.</summary>
/// <param name="Index">Home stability index of the last 24 hours, 0–100; absent = unknown.</param>
/// <param name="Cause">The likeliest of what is wrong; absent = nothing was found, or not assessed yet.</param>
/// <param name="Node">The node that has it; absent = the whole home.</param>
/// <param name="Confidence">0–1.</param>
/// <param name="Since">Since when it holds; absent = for as long as is known.</param>
/// <param name="Summary">What is wrong, in one sentence.</param>
/// <param name="AssessedAt">Absent = not yet.</param>
/// <param name="LastReceived">When anything of it was received last.</param>
internal sealed record HomeRow(
    string Home,
    int Nodes,
    int NodesOnline,
    double? Index,
    double? BaselineIndex,
    bool IsGettingWorse,
    Cause? Cause,
    string? Node,
    double? Confidence,
    DateTimeOffset? Since,
    string? Summary,
    DateTimeOffset? AssessedAt,
    DateTimeOffset? LastReceived)
{
    public static HomeRow Of(HomeSummary home) => new(
        home.Home,
        home.Nodes,
        home.NodesOnline,
        Round.Tenth(home.Index),
        Round.Tenth(home.BaselineIndex),
        home.IsGettingWorse,
        home.Cause,
        home.Node,
        Round.Hundredth(home.Confidence),
        home.Since,
        home.Summary,
        home.AssessedAt,
        home.LastReceived);
}
