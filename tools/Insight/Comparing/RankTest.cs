namespace GatewayAgent.Insight.Comparing;

/// <summary>Mann and Whitney's rank test, exact also with ties: of all ways to deal the days to the two sides, how many are as lopsided.</summary>
internal static class RankTest
{
    /// <summary>Two-sided probability, 0–1; 1 when a side is empty.</summary>
    public static double PValue(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        int[] ranks = DoubledRanks([.. a, .. b]);
        int total = ranks.Sum(), observed = ranks.Take(a.Count).Sum();
        double[,] ways = Ways(ranks, a.Count, total);
        double expected = (double)total * a.Count / Math.Max(1, ranks.Length), distance = Math.Abs(observed - expected), all = 0, extreme = 0;
        for (int sum = 0; sum <= total; sum++)
        {
            all += ways[a.Count, sum];
            extreme += Math.Abs(sum - expected) >= distance - 1e-9 ? ways[a.Count, sum] : 0;
        }

        return extreme / all;
    }

    // Equal values share the mean of their ranks; doubled, it is a whole number.
    private static int[] DoubledRanks(double[] values)
    {
        int[] ranks = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int below = values.Count(value => value < values[i]), equal = values.Count(value => value == values[i]);
            ranks[i] = (2 * below) + equal + 1;
        }

        return ranks;
    }

    // Number of ways to choose some of the ranks with a sum. As doubles: there are more ways than a long holds.
    private static double[,] Ways(int[] ranks, int most, int total)
    {
        var ways = new double[most + 1, total + 1];
        ways[0, 0] = 1;
        foreach (int rank in ranks)
        {
            for (int chosen = most; chosen > 0; chosen--)
            {
                for (int sum = total; sum >= rank; sum--)
                {
                    ways[chosen, sum] += ways[chosen - 1, sum - rank];
                }
            }
        }

        return ways;
    }
}
