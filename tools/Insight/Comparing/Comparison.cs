namespace GatewayAgent.Insight.Comparing;

/// <summary>How a home was before and after something was changed.</summary>
public sealed record Comparison
{
    /// <summary>The moment of the change, UTC.</summary>
    public required DateTimeOffset Moment { get; init; }

    /// <summary>Median of the home's daily index; null = no day is known.</summary>
    public required double? Before { get; init; }

    public required double? After { get; init; }

    /// <summary>Index of each whole day that is known, oldest first: days are counted from the moment, so that each holds all times of day.</summary>
    public required IReadOnlyList<double> DaysBefore { get; init; }

    public required IReadOnlyList<double> DaysAfter { get; init; }

    /// <summary>Probability that days as different as these fall on the two sides by chance (Mann–Whitney, both sides, exact); null = too few days to tell.</summary>
    public required double? PValue { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>In one or two sentences, with what must be kept in mind.</summary>
    public required string Text { get; init; }

    /// <summary>The same of each node, by name.</summary>
    public required IReadOnlyList<NodeComparison> Nodes { get; init; }
}

/// <summary>One node before and after.</summary>
/// <param name="Before">Median of its daily index; null = not known.</param>
/// <param name="PValue">As of the home; null = too few days to tell.</param>
public sealed record NodeComparison(string Node, double? Before, double? After, double? PValue);

/// <summary>What a comparison says.</summary>
public enum Verdict
{
    /// <summary>Too few days are known on one side.</summary>
    TooEarly,

    /// <summary>What there is of a difference may be chance.</summary>
    NoDifference,

    Better,

    Worse,
}
