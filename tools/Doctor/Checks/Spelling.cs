namespace GatewayAgent.Doctor.Checks;

/// <summary>Whether somebody may have meant another name.</summary>
internal static class Spelling
{
    private const int MostSlips = 2, ShortName = 4;

    /// <summary>Capitals aside, one slip in a short name and two in a longer one.</summary>
    public static bool IsNear(string a, string b) =>
        Distance(a.ToLowerInvariant(), b.ToLowerInvariant()) <= (Math.Min(a.Length, b.Length) <= ShortName ? 1 : MostSlips);

    private static int Distance(string a, string b)
    {
        int[] before = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = [i, .. new int[b.Length]];
            for (int j = 1; j <= b.Length; j++)
            {
                int change = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(before[j], row[j - 1]) + 1);
            }

            before = row;
        }

        return before[b.Length];
    }
}
