namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Memory that gets less from the start of a boot to its end.</summary>
/// <param name="Boots">Boots of the last week in which it did.</param>
/// <param name="FallKib">In the newest of them.</param>
/// <param name="LeastKib">Least that was left.</param>
/// <param name="Hour">First hour of the first of them.</param>
internal sealed record MemoryLeak(int Boots, double FallKib, double LeastKib, int Hour)
{
    private const int LeastHours = 5;
    private const double LeastFallKib = 12, LeastFallShare = 0.15, Straight = -0.85;

    /// <summary>Null when no boot shows it.</summary>
    public static MemoryLeak? Find(NodeView node, Hourly free)
    {
        MemoryLeak? found = null;
        int start = Math.Max(0, node.Grid.Count - HourGrid.Week);
        for (int hour = start + 1; hour <= node.Grid.Count; hour++)
        {
            if (hour < node.Grid.Count && node.Sums[hour] is not { } sum)
            {
                continue;
            }

            if (hour == node.Grid.Count || node.Sums[hour]!.Report.BootId != BootAt(node, start))
            {
                found = Add(found, free, start, hour);
                start = hour;
            }
        }

        return found;
    }

    private static uint BootAt(NodeView node, int hour) => node.Sums[hour]?.Report.BootId ?? 0;

    private static MemoryLeak? Add(MemoryLeak? before, Hourly free, int from, int to)
    {
        // In the hour of a restart the least is still that of the boot before.
        ReadOnlySpan<double> boot = free.All[Math.Min(from + 1, to)..to];
        if (Numbers.CountKnown(boot) < LeastHours)
        {
            return before;
        }

        int third = Math.Max(1, boot.Length / 3);
        double high = Numbers.Quantile(boot[..third], 1), low = Numbers.Quantile(boot[^third..], 0), fall = high - low;
        if (!(fall >= Math.Max(LeastFallKib, LeastFallShare * high)) || Slope(boot) > Straight)
        {
            return before;
        }

        return new MemoryLeak((before?.Boots ?? 0) + 1, fall, Math.Min(low, before?.LeastKib ?? low), before?.Hour ?? from);
    }

    // Correlation with time.
    private static double Slope(ReadOnlySpan<double> values)
    {
        double n = 0, sumX = 0, sumY = 0, xx = 0, yy = 0, xy = 0;
        for (int x = 0; x < values.Length; x++)
        {
            double y = values[x];
            if (!double.IsNaN(y))
            {
                n++;
                sumX += x;
                sumY += y;
                xx += (double)x * x;
                yy += y * y;
                xy += x * y;
            }
        }

        double spread = Math.Sqrt(Math.Max(0, ((n * xx) - (sumX * sumX)) * ((n * yy) - (sumY * sumY))));
        return spread == 0 ? 0 : ((n * xy) - (sumX * sumY)) / spread;
    }
}
