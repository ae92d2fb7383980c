using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>What is to be said of a home at one moment: how stable it is, what is wrong with it and how that is known.</summary>
public sealed record HomeAssessment
{
    public required string Home { get; init; }

    /// <summary>The moment it was made for, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Home stability index of the last 24 hours, 0–100; null = unknown.</summary>
    public required double? Index { get; init; }

    /// <summary>The index of the baseline weeks before, for comparison; null = not known long enough.</summary>
    public required double? BaselineIndex { get; init; }

    /// <summary>It has got worse than its baseline, whether or not anybody has noticed: the proactive list.</summary>
    public required bool IsGettingWorse { get; init; }

    /// <summary>The last 24 hours of the whole home by what made them bad.</summary>
    public required UserSeconds Day { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<NodeAssessment> Nodes { get; init; }

    /// <summary>What is wrong, the likeliest first; empty = nothing was found.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What else was looked for, and why it is not that.</summary>
    public required IReadOnlyList<Dismissal> Dismissed { get; init; }
}

/// <summary>One node's last 24 hours.</summary>
/// <param name="Index">0–100; null = unknown.</param>
/// <param name="WorstPart">The part with the least score, in words (<c>backhaul</c>, <c>clients</c>, <c>channel</c>, <c>node</c>, <c>wan</c>); null = nothing was bad, or nothing known.</param>
public sealed record NodeAssessment(string Node, double? Index, string? WorstPart, UserSeconds Day);

/// <summary>Something that is wrong.</summary>
public sealed record Finding
{
    public required Cause Cause { get; init; }

    /// <summary>The node that has it; null = the whole home.</summary>
    public required string? Node { get; init; }

    /// <summary>0–1: how much of the evidence that the rule knows is there, and how much speaks against it.</summary>
    public required double Confidence { get; init; }

    /// <summary>Since when, UTC; null = for as long as is known.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>What is wrong, in one sentence with its numbers.</summary>
    public required string Summary { get; init; }

    /// <summary>What to do, in words that a care agent can read out.</summary>
    public required string Advice { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }
}

/// <summary>A fact that a finding rests on.</summary>
public sealed record Evidence
{
    /// <summary>What was measured, with its unit in <see cref="Unit"/>.</summary>
    public required string Metric { get; init; }

    public required string Unit { get; init; }

    /// <summary>The node that measured; null = all of the home.</summary>
    public string? Node { get; init; }

    /// <summary>Before it began, or the usual; null = not known.</summary>
    public double? Before { get; init; }

    public required double Now { get; init; }

    /// <summary>The limit it is held against, and whose it is; null = none.</summary>
    public double? Threshold { get; init; }

    /// <summary>Its unit, where the values are not in it but say how much of the time is beyond it; null = <see cref="Unit"/>.</summary>
    public string? ThresholdUnit { get; init; }

    public string? ThresholdSource { get; init; }

    /// <summary>How it was measured; null = it follows from something else.</summary>
    public Source? Source { get; init; }

    /// <summary>Age of the newest value behind it at the moment of the assessment.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>In one sentence.</summary>
    public required string Text { get; init; }

    /// <summary>The values over time, ascending, at most a few hundred; gaps are absent, not 0.</summary>
    public IReadOnlyList<Point> Series { get; init; } = [];
}

/// <summary>A value at a time, UTC.</summary>
public readonly record struct Point(DateTimeOffset At, double Value);

/// <summary>A cause that was looked for and not found.</summary>
/// <param name="Why">In one sentence with its numbers; or which facts are missing to tell.</param>
public sealed record Dismissal(Cause Cause, string Why);
