using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Portal.Documents;

/// <summary>Time multiplied by those who had it.</summary>
/// <param name="Score">Good share of the known time, 0–100; absent = nothing is known.</param>
/// <param name="GoodSeconds">User-seconds that were good.</param>
/// <param name="BadSeconds">User-seconds that were bad, by what made them so; what is 0 is left out.</param>
/// <param name="UnknownSeconds">Seconds of which nothing is known; never counted as good.</param>
internal sealed record UserTimeDocument(double? Score, long GoodSeconds, IReadOnlyDictionary<Classifier, long> BadSeconds, long UnknownSeconds)
{
    public static UserTimeDocument Of(UserSeconds time) => new(
        Round.Tenth(time.Score),
        time.Good,
        Enum.GetValues<Classifier>().Where(classifier => time.BadBy(classifier) > 0).ToDictionary(classifier => classifier, time.BadBy),
        time.Unknown);
}
