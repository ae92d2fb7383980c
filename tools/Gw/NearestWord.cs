namespace GatewayAgent.Gw;

/// <summary>Guesses what somebody meant to type.</summary>
internal static class NearestWord
{
    /// <summary>Mistakes that are still taken for a slip: one in a short word, two in a longer one.</summary>
    private const int LongWord = 5;

    /// <summary>The word that needs the fewest letters changed, or null when none is near.</summary>
    public static string? To(string typed, IEnumerable<string> words)
    {
        int allowed = typed.Length < LongWord ? 1 : 2;
        return words
            .Select(word => (Word: word, Distance: Distance(typed.ToLowerInvariant(), word)))
            .Where(candidate => candidate.Distance <= allowed)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    /// <summary>Letters added, left out, changed or swapped with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Step(cost, a, b, i, j);
            }
        }

        return cost[a.Length, b.Length];
    }

    private static int Step(int[,] cost, string a, string b, int i, int j)
    {
        int change = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        int least = Math.Min(change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
        bool isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return isSwap ? Math.Min(least, cost[i - 2, j - 2] + 1) : least;
    }
}
