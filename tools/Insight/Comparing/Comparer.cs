using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight.Comparing;

/// <summary>Compares the days before a change with those after it.</summary>
internal static class Comparer
{
    // With three days on each side even the clearest difference has one chance in ten.
    private const int LeastDays = 4, MostDays = 28;
    private const double Significant = 0.05;

    public static Comparison Compare(HomeFacts facts, DateTimeOffset moment)
    {
        DateTimeOffset hour = HomeStability.WholeHour(moment);
        List<double> before = Days(facts, hour, -1, HomeStability.HomeIndex), after = Days(facts, hour, 1, HomeStability.HomeIndex);
        double? p = PValue(before, after);
        Verdict verdict = Judge(before, after, p);
        return new Comparison
        {
            Moment = moment,
            Before = Middle(before),
            After = Middle(after),
            DaysBefore = before,
            DaysAfter = after,
            PValue = p,
            Verdict = verdict,
            Text = Say(before, after, p, verdict),
            Nodes = [.. facts.Nodes.OrderBy(node => node.Node, StringComparer.Ordinal).Select(node => Compare(facts, node, hour))],
        };
    }

    private static NodeComparison Compare(HomeFacts facts, NodeFacts node, DateTimeOffset hour)
    {
        List<double> before = Days(facts, hour, -1, IndexOf), after = Days(facts, hour, 1, IndexOf);
        return new NodeComparison(node.Node, Middle(before), Middle(after), PValue(before, after));

        double? IndexOf(HomeFacts _, DateTimeOffset from, DateTimeOffset to) => HomeStability.NodeIndex(HomeStability.UsersOf(node, from, to));
    }

    // Whole days away from the moment, in the order of time.
    private static List<double> Days(HomeFacts facts, DateTimeOffset hour, int direction, Func<HomeFacts, DateTimeOffset, DateTimeOffset, double?> indexOf)
    {
        var days = new List<double>();
        for (int day = 0; day < MostDays; day++)
        {
            DateTimeOffset from = hour.AddDays(direction > 0 ? day : -1 - day), to = from.AddDays(1);
            if (from >= facts.From && to <= facts.Now && indexOf(facts, from, to) is { } index)
            {
                days.Add(index);
            }
        }

        if (direction < 0)
        {
            days.Reverse();
        }

        return days;
    }

    private static double? Middle(List<double> days) => days.Count == 0 ? null : Numbers.Median(days);

    private static double? PValue(List<double> before, List<double> after) =>
        Math.Min(before.Count, after.Count) < LeastDays ? null : RankTest.PValue(before, after);

    private static Verdict Judge(List<double> before, List<double> after, double? p) => p switch
    {
        null => Verdict.TooEarly,
        > Significant => Verdict.NoDifference,
        _ when Numbers.Median(after) > Numbers.Median(before) => Verdict.Better,
        _ when Numbers.Median(after) < Numbers.Median(before) => Verdict.Worse,
        _ => Verdict.NoDifference,
    };

    private static string Say(List<double> before, List<double> after, double? p, Verdict verdict)
    {
        if (verdict == Verdict.TooEarly)
        {
            return $"It is too early to tell: {Words.Count(before.Count, "day")} before and {Words.Count(after.Count, "day")} after are known, and {LeastDays} of each are needed.";
        }

        string change = $"from {Words.Short(Numbers.Median(before))} to {Words.Short(Numbers.Median(after))} ({Words.Count(before.Count, "day")} before, {after.Count} after)";
        string chance = p < 0.01 ? "less than 1 in 100" : $"about {Words.Whole(100 * p!.Value)} in 100";
        return verdict switch
        {
            Verdict.Better => $"The home got better: its median daily index rose {change}. The chance of that by accident is {chance}; what else changed in these days counts as well.",
            Verdict.Worse => $"The home got worse: its median daily index fell {change}. The chance of that by accident is {chance}; what else changed in these days counts as well.",
            _ => $"No difference can be told: the median daily index went {change}, which would happen by accident in {chance}.",
        };
    }
}
