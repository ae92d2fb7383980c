using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Documents;

/// <summary>A page of what nodes noticed, the newest first.</summary>
/// <param name="NextBefore">Key to ask for the page after this; absent on the last.</param>
internal sealed record EventListDocument(IReadOnlyList<EventDocument> Events, long? NextBefore);

/// <summary>Something a node noticed itself.</summary>
/// <param name="Key">Grows with each event stored; absent in documents that do not page.</param>
/// <param name="Id">Of the event, wherever it is told: home, node, boot and number.</param>
/// <param name="ReceivedAt">By the clock of the collector.</param>
/// <param name="Since">Since when it holds, as the node states it; absent while the node does not know the time.</param>
/// <param name="Unit">Of baseline, now and evidence; <c>0-255</c> = 0–100 %.</param>
/// <param name="Recovered">False: it got worse. True: it is back.</param>
/// <param name="Magnitude">Size of the change in usual spreads of the baseline.</param>
/// <param name="Evidence">Values of the last windows, oldest first.</param>
/// <param name="Suppressed">Events that the node held back since the last one.</param>
internal sealed record EventDocument(
    long? Key,
    string Id,
    string Home,
    string Node,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? Since,
    string Metric,
    string Unit,
    bool Recovered,
    int Baseline,
    int Now,
    double Magnitude,
    IReadOnlyList<int> Evidence,
    uint Suppressed,
    string Text)
{
    public static EventDocument Of(NodeEvent e) => Of(e.Home, e.Node, e.ReceivedAt, e.Event, e.Key);

    public static EventDocument Of(string home, string node, NodeNotice notice) => Of(home, node, notice.At, notice.Event, null);

    private static EventDocument Of(string home, string node, DateTimeOffset receivedAt, Event e, long? key) => new(
        key,
        IdOf(home, node, e),
        home,
        node,
        receivedAt,
        e.HasBootTime ? DateTimeOffset.FromUnixTimeSeconds(e.BootTime + (long)e.SinceS - e.BeforeBootS) : null,
        Words.Of(e.Metric),
        Words.UnitOf(e.Metric),
        e.Recovered,
        e.Baseline,
        e.Now,
        e.Magnitude / 10.0,
        [.. e.Evidence],
        e.Suppressed,
        EventText.Line(e));

    public static string IdOf(string home, string node, Event e) => $"{home}/{node}/{e.BootId:x8}/{e.Sequence}";
}
