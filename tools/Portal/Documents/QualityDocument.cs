using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Documents;

/// <summary>How far the data of a home can be trusted.</summary>
/// <param name="MissingSequences">Reports that its nodes closed and that are not stored although later ones are.</param>
internal sealed record QualityDocument(string Home, DateTimeOffset At, long MissingSequences, IReadOnlyList<NodeQuality> Nodes)
{
    public static QualityDocument Of(HomeFacts facts, long missing) =>
        new(facts.Home, facts.Now, missing, [.. facts.Nodes.Select(node => NodeQuality.Of(node, facts.Now))]);
}

/// <summary>How far the data of a node can be trusted.</summary>
/// <param name="KnownHours">Of the last 24 whole hours, those with any measurement.</param>
/// <param name="KnowsTime">The newest window was placed by the node's own clock; false = by when it came in.</param>
/// <param name="EstimatedWindows">Windows of the last two days that were placed by when they came in.</param>
/// <param name="ReplayedWindows">Of these two days, those that came late.</param>
/// <param name="Groups">Where each group of values comes from and how old the newest is.</param>
/// <param name="Losses">What the node could not keep; absent = nothing was lost in this boot, or not known.</param>
internal sealed record NodeQuality(
    string Node,
    DateTimeOffset? LastReceived,
    long? AgeSeconds,
    int KnownHours,
    bool? KnowsTime,
    int EstimatedWindows,
    int ReplayedWindows,
    IReadOnlyList<GroupQuality> Groups,
    LossDocument? Losses)
{
    public static NodeQuality Of(NodeFacts node, DateTimeOffset now) => new(
        node.Node,
        node.LastReceived,
        Round.Age(node.LastReceived, now),
        node.KnownHours(now),
        node.Windows.Count == 0 ? null : !node.Windows[^1].IsStartEstimated,
        node.Windows.Count(window => window.IsStartEstimated),
        node.Windows.Count(window => window.Report.Replayed),
        [.. GroupsOf(node, now)],
        node.Latest(window => window.Report.Losses) is { } losses ? LossDocument.Of(losses.Value) : null);

    private static IEnumerable<GroupQuality> GroupsOf(NodeFacts node, DateTimeOffset now)
    {
        yield return Group("link", node.Latest(window => window.Report.Link), link => link.Source, link => link.HasAgeS ? link.AgeS : 0, now);
        yield return Group("clients", node.Latest(window => window.Report.Clients), clients => clients.Source, clients => clients.HasAgeS ? clients.AgeS : 0, now);
        yield return Group("latency", node.Latest(window => window.Report.Latency), _ => null, _ => 0, now);
        yield return Group("health", node.Latest(window => window.Report.Health), _ => null, _ => 0, now);
        yield return Group("survey", node.Latest(window => window.Report.Survey), survey => survey.Source, _ => 0, now);
    }

    private static GroupQuality Group<T>(string name, Latest<T>? newest, Func<T, Source?> source, Func<T, uint> age, DateTimeOffset now)
        where T : class => newest is { } known
            ? new GroupQuality(name, source(known.Value) is { } of ? Words.Of(of) : null, Round.Age(known.Window.End, now) + age(known.Value))
            : new GroupQuality(name, null, null);
}

/// <summary>Where a group of values comes from.</summary>
/// <param name="AgeSeconds">Of its newest value; absent = never measured in the time looked at.</param>
internal sealed record GroupQuality(string Group, string? Source, long? AgeSeconds);

/// <summary>What a node could not keep since its boot.</summary>
/// <param name="Reports">Dropped without the broker ever having had them, and the seconds they covered.</param>
/// <param name="Unconfirmed">The broker had them, and the collector had not said so: probably stored.</param>
/// <param name="Restarts">In the node's life, boots that ended without warning, and the seconds that may have been lost with them.</param>
internal sealed record LossDocument(
    uint Reports, uint ReportSeconds, uint Unconfirmed, uint SamplesMissed, uint RoundTripsDropped, uint Restarts, uint RestartSeconds)
{
    public static LossDocument Of(Losses losses) => new(
        losses.Reports, losses.ReportSeconds, losses.Unconfirmed, losses.SamplesMissed, losses.RoundTripsDropped, losses.Restarts, losses.RestartSeconds);
}
