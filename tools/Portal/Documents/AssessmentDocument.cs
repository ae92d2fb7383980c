using GatewayAgent.Insight.Diagnosis;

namespace GatewayAgent.Portal.Documents;

/// <summary>What is to be said of a home: how stable it is, what is wrong with it and how that is known.</summary>
/// <param name="At">The moment it was made for.</param>
/// <param name="Index">Home stability index of the last 24 hours, 0–100; absent = unknown.</param>
/// <param name="BaselineIndex">That of the baseline weeks before; absent = not known long enough.</param>
/// <param name="Findings">What is wrong, the likeliest first; empty = nothing was found.</param>
/// <param name="Dismissed">What else was looked for, and why it is not that.</param>
internal sealed record AssessmentDocument(
    string Home,
    DateTimeOffset At,
    double? Index,
    double? BaselineIndex,
    bool IsGettingWorse,
    UserTimeDocument Day,
    IReadOnlyList<NodeAssessmentDocument> Nodes,
    IReadOnlyList<FindingDocument> Findings,
    IReadOnlyList<DismissalDocument> Dismissed)
{
    public static AssessmentDocument Of(HomeAssessment assessment) => new(
        assessment.Home,
        assessment.At,
        Round.Tenth(assessment.Index),
        Round.Tenth(assessment.BaselineIndex),
        assessment.IsGettingWorse,
        UserTimeDocument.Of(assessment.Day),
        [.. assessment.Nodes.Select(NodeAssessmentDocument.Of)],
        [.. assessment.Findings.Select(FindingDocument.Of)],
        [.. assessment.Dismissed.Select(dismissal => new DismissalDocument(dismissal.Cause, dismissal.Why))]);
}

/// <summary>One node's last 24 hours.</summary>
/// <param name="WorstPart">The part that its index is the minimum of.</param>
internal sealed record NodeAssessmentDocument(string Node, double? Index, string? WorstPart, UserTimeDocument Day)
{
    public static NodeAssessmentDocument Of(NodeAssessment node) =>
        new(node.Node, Round.Tenth(node.Index), node.WorstPart, UserTimeDocument.Of(node.Day));
}

/// <summary>Something that is wrong.</summary>
/// <param name="Node">The node that has it; absent = the whole home.</param>
/// <param name="Confidence">0–1.</param>
/// <param name="Since">Since when; absent = for as long as is known.</param>
/// <param name="Summary">What is wrong, in one sentence with its numbers.</param>
/// <param name="Advice">What to do, in words that can be read out.</param>
internal sealed record FindingDocument(
    Cause Cause, string? Node, double? Confidence, DateTimeOffset? Since, string Summary, string Advice, IReadOnlyList<EvidenceDocument> Evidence)
{
    public static FindingDocument Of(Finding finding) => new(
        finding.Cause,
        finding.Node,
        Round.Hundredth(finding.Confidence),
        finding.Since,
        finding.Summary,
        finding.Advice,
        [.. finding.Evidence.Select(EvidenceDocument.Of)]);
}

/// <summary>A fact that a finding rests on.</summary>
/// <param name="Before">Before it began, or the usual; absent = not known.</param>
/// <param name="Threshold">The limit it is held against.</param>
/// <param name="ThresholdUnit">Absent = that of the values; else they say how much of the time is beyond the limit.</param>
/// <param name="ThresholdSource">Whose limit that is.</param>
/// <param name="Source">How it was measured; absent = it follows from something else.</param>
/// <param name="AgeSeconds">Age of the newest value behind it at the moment of the assessment.</param>
/// <param name="Series">Values over time; gaps are absent.</param>
internal sealed record EvidenceDocument(
    string Metric,
    string Unit,
    string? Node,
    double? Before,
    double? Now,
    double? Threshold,
    string? ThresholdUnit,
    string? ThresholdSource,
    string? Source,
    long? AgeSeconds,
    string Text,
    IReadOnlyList<PointDocument> Series)
{
    public static EvidenceDocument Of(Evidence evidence) => new(
        evidence.Metric,
        evidence.Unit,
        evidence.Node,
        Round.TenThousandth(evidence.Before),
        Round.TenThousandth(evidence.Now),
        Round.Hundredth(evidence.Threshold),
        evidence.ThresholdUnit,
        evidence.ThresholdSource,
        evidence.Source is { } source ? Words.Of(source) : null,
        Round.Seconds(evidence.Age),
        evidence.Text,
        [.. evidence.Series.Select(point => new PointDocument(point.At, Math.Round(point.Value, 2)))]);
}

/// <summary>A value at a time.</summary>
internal sealed record PointDocument(DateTimeOffset At, double Value);

/// <summary>A cause that was looked for and not found, or that cannot be told.</summary>
internal sealed record DismissalDocument(Cause Cause, string Why);
