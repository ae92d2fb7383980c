using GatewayAgent.Insight.Comparing;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight;

/// <summary>From facts to what they mean. Pure: the same facts, the same words.</summary>
public static class HomeInsight
{
    /// <summary>Scores and merges the windows of one node in one hour.</summary>
    /// <param name="start">A whole hour, UTC.</param>
    /// <param name="windows">Those that count in this hour, in any order.</param>
    /// <param name="birth">What the node said of itself; null = not known.</param>
    /// <param name="thresholds">Null = <see cref="Thresholds.Default"/>.</param>
    public static NodeHour HourOf(DateTimeOffset start, IReadOnlyList<NodeWindow> windows, Protocol.State? birth, Thresholds? thresholds = null) =>
        HourScore.Of(start, windows, birth, thresholds ?? Thresholds.Default);

    /// <summary>Whether most of a window was bad for those who used the node, as its hour counts it.</summary>
    public static bool IsBad(NodeWindow window)
    {
        var score = new WindowScore(Thresholds.Default);
        score.Judge(window, carriesClients: true);
        return score.BadShare > 0.5;
    }

    /// <summary>What is to be said of a home.</summary>
    public static HomeAssessment Assess(HomeFacts facts, Thresholds? thresholds = null) =>
        Assessor.Assess(facts, thresholds ?? Thresholds.Default);

    /// <summary>How a home was before and after something was changed at a moment: a node was moved, another channel was set.</summary>
    /// <param name="facts">With hours on both sides of the moment.</param>
    /// <param name="moment">The index of the hour in which it lies counts as after.</param>
    public static Comparison Compare(HomeFacts facts, DateTimeOffset moment) => Comparer.Compare(facts, moment);
}
