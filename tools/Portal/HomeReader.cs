using System.Text.Json.Nodes;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Documents;
using GatewayAgent.Portal.Series;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal;

/// <summary>
/// Documents of the store for one who asks. Of a home that is not theirs to see, all of them answer null, as of one that does not exist.
/// </summary>
internal sealed class HomeReader(IStoreReader store, TimeProvider clock)
{
    /// <summary>What the present is told from.</summary>
    private static readonly TimeSpan _recent = TimeSpan.FromHours(48);

    /// <summary>What evidence is told from: the time with its baseline.</summary>
    private static readonly TimeSpan _fortnight = TimeSpan.FromDays(14);

    private readonly FleetCache _fleets = new(store, clock);

    public DateTimeOffset Now => clock.GetUtcNow();

    public FleetDocument Fleet(Grant grant) => _fleets.Of(grant.Homes);

    public HomeListDocument Homes(Grant grant, HomeQuery query)
    {
        HomeQuery theirs = query with { Scope = grant.Homes, Limit = query.Limit + 1 };
        return HomeListDocument.Of(store.Homes(theirs), store.HomeCount(theirs), query.Skip, query.Limit);
    }

    public HomeDocument? Home(Grant grant, string home) =>
        Recent(grant, home) is { } facts ? HomeDocument.Of(facts, store.Assessment(home)) : null;

    /// <summary>Null also when the home was not assessed yet.</summary>
    public HomeAssessment? Assessment(Grant grant, string home) => Sees(grant, home) ? store.Assessment(home) : null;

    public bool Exists(Grant grant, string home) => Sees(grant, home) && store.Nodes(home).Count > 0;

    public SeriesDocument? Series(Grant grant, string home, SeriesQuery query) =>
        Facts(grant, home, query.From.AddHours(-1), query.To) is { } facts ? query.Of(facts) : null;

    public ChannelMapDocument? Channels(Grant grant, string home) => Recent(grant, home) is { } facts ? ChannelMapDocument.Of(facts) : null;

    public QualityDocument? Quality(Grant grant, string home) =>
        Recent(grant, home) is { } facts ? QualityDocument.Of(facts, store.MissingSequences(home)) : null;

    public ComparisonDocument? Comparison(Grant grant, string home, DateTimeOffset moment, int hours) =>
        Facts(grant, home, moment.AddHours(-hours - 1), moment.AddHours(hours + 2)) is { } facts ? ComparisonDocument.Of(facts, moment, hours) : null;

    public EvidenceBundle? Evidence(Grant grant, string home) => Facts(grant, home, Now - _fortnight, Now) is { } facts
        ? EvidenceBundle.Of(facts, store.Assessment(home), store.MissingSequences(home))
        : null;

    public JsonObject? DataElements(Grant grant, string home) => Recent(grant, home) is { } facts ? Documents.DataElements.Of(facts) : null;

    /// <summary>Null only when a home is named that there is not.</summary>
    public EventListDocument? Events(Grant grant, string? home, long before, int limit)
    {
        if (home != null && !Exists(grant, home))
        {
            return null;
        }

        IReadOnlyList<NodeEvent> events = store.LatestEvents(limit + 1, before, home, grant.Homes);
        return new EventListDocument([.. events.Take(limit).Select(EventDocument.Of)], events.Count > limit ? events[limit - 1].Key : null);
    }

    /// <summary>Writes every report of a home, in so far as <see cref="Exists"/>, with the node that made it before each row.</summary>
    public void WriteCsv(TextWriter writer, string home)
    {
        var rows = new NodeRows(writer);
        foreach (NodeStatus node in store.Nodes(home))
        {
            rows.Begin(node.Node);
            store.ExportCsv(rows, home, node.Node);
        }
    }

    private HomeFacts? Recent(Grant grant, string home) => Facts(grant, home, Now - _recent, Now);

    private HomeFacts? Facts(Grant grant, string home, DateTimeOffset from, DateTimeOffset now) =>
        Sees(grant, home) ? store.Facts(home, WholeHour(from), now > Now ? Now : now) : null;

    private static bool Sees(Grant grant, string home) => Topics.IsId(home) && grant.Sees(home);

    private static DateTimeOffset WholeHour(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds() / 3600 * 3600);
}
