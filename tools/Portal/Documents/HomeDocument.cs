using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Documents;

/// <summary>One home: how it is, and which nodes serve which.</summary>
/// <param name="At">Now, by the clock of the collector.</param>
/// <param name="AssessedAt">Absent = not assessed yet; then neither index nor findings are known.</param>
/// <param name="Findings">What is wrong, the likeliest first, without its evidence.</param>
internal sealed record HomeDocument(
    string Home,
    DateTimeOffset At,
    DateTimeOffset? AssessedAt,
    double? Index,
    double? BaselineIndex,
    bool IsGettingWorse,
    UserTimeDocument? Day,
    IReadOnlyList<FindingHead> Findings,
    IReadOnlyList<NodeDocument> Nodes)
{
    public static HomeDocument Of(HomeFacts facts, HomeAssessment? assessment)
    {
        var topology = new Topology(facts);
        return new HomeDocument(
            facts.Home,
            facts.Now,
            assessment?.At,
            Round.Tenth(assessment?.Index),
            Round.Tenth(assessment?.BaselineIndex),
            assessment?.IsGettingWorse ?? false,
            assessment == null ? null : UserTimeDocument.Of(assessment.Day),
            [.. (assessment?.Findings ?? []).Select(FindingHead.Of)],
            [.. facts.Nodes.Select(node => NodeDocument.Of(node, topology, assessment, facts.Now))]);
    }
}

/// <summary>Something that is wrong, without its evidence.</summary>
internal sealed record FindingHead(Cause Cause, string? Node, double? Confidence, DateTimeOffset? Since, string Summary, string Advice)
{
    public static FindingHead Of(Finding finding) =>
        new(finding.Cause, finding.Node, Round.Hundredth(finding.Confidence), finding.Since, finding.Summary, finding.Advice);
}

/// <summary>A node of a home.</summary>
/// <param name="Status"><c>online</c> or <c>offline</c>, as the broker tells it; absent = never heard.</param>
/// <param name="Role"><c>meshNode</c> or <c>companion</c>; absent, with all that follows from it, when no birth was seen.</param>
/// <param name="Radio">How it measures: <c>native</c>, or <c>stockScan</c> for a stock image, which knows no channels.</param>
/// <param name="Ap">Keyed hash of its own access point.</param>
/// <param name="Index">0–100; absent = unknown.</param>
/// <param name="WorstPart">The part that its index is the minimum of.</param>
internal sealed record NodeDocument(
    string Node,
    string? Status,
    DateTimeOffset? StatusSince,
    DateTimeOffset? LastReceived,
    long? AgeSeconds,
    string? Role,
    string? Mode,
    string? AgentVersion,
    string? Radio,
    uint? WindowSeconds,
    string? Ap,
    string? LastWords,
    double? Index,
    string? WorstPart,
    UplinkDocument Uplink,
    ClientsDocument? Clients)
{
    public static NodeDocument Of(NodeFacts node, Topology topology, HomeAssessment? assessment, DateTimeOffset now)
    {
        State? birth = node.Birth;
        NodeAssessment? assessed = assessment?.Nodes.FirstOrDefault(other => other.Node == node.Node);
        return new NodeDocument(
            node.Node,
            Words.Of(node.Status),
            node.StatusSince,
            node.LastReceived,
            Round.Age(node.LastReceived, now),
            birth == null ? null : Words.Of(birth.Role),
            birth == null ? null : Words.Of(birth.Mode),
            NullIfEmpty(birth?.AgentVersion),
            birth == null ? null : Words.Of(birth.Radio),
            birth is { WindowS: > 0 } ? birth.WindowS : null,
            birth is { HasAp: true } ? Words.Hash(birth.Ap) : null,
            NullIfEmpty(birth?.LastWords),
            Round.Tenth(assessed?.Index),
            assessed?.WorstPart,
            topology.UplinkOf(node),
            ClientsDocument.Of(node, now));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Stations of a node's own access point in the newest window that counted them.</summary>
/// <param name="RssiDbm">Median; absent = not measured.</param>
internal sealed record ClientsDocument(double Mean, uint Most, double? RssiDbm, string Source, long? AgeSeconds)
{
    public static ClientsDocument? Of(NodeFacts node, DateTimeOffset now)
    {
        if (node.Latest(window => window.Report.Clients is { Samples: > 0 } clients ? clients : null) is not { } newest)
        {
            return null;
        }

        Clients clients = newest.Value;
        Histogram? rssi = Histogram.TryUnpack(clients.RssiHistogram, HistogramScale.Rssi, out Histogram? histogram, out _) ? histogram : null;
        return new ClientsDocument(
            Math.Round((double)clients.CountSum / clients.Samples, 1),
            clients.CountMax,
            rssi?.Percentile(50) is { } median ? BinValue.Middle(median) : null,
            Words.Of(clients.Source),
            Round.Age(newest.Window.End, now) + (clients.HasAgeS ? clients.AgeS : 0));
    }
}
