using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Insight.Scoring;

/// <summary>How a home usually is.</summary>
/// <param name="Index">Median of its days.</param>
/// <param name="Spread">Of its days, as a standard deviation would be without outliers.</param>
/// <param name="Yesterday">Index of the newest of the days that are known: that before the last 24 hours, as a rule.</param>
internal sealed record Baseline(double Index, double Spread, double Yesterday)
{
    /// <summary>Null when it is not known for long enough.</summary>
    public static Baseline? Of(HomeFacts facts)
    {
        double[] days = [.. HomeStability.BaselineIndices(facts)];
        return days.Length < HomeStability.LeastBaselineDays ? null : new Baseline(Numbers.Median(days.AsSpan()), Numbers.Spread(days), days[^1]);
    }
}
