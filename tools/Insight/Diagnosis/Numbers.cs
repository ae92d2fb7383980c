namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Robust statistics. NaN is unknown and takes no part.</summary>
internal static class Numbers
{
    // The standard deviation of a normal distribution in median absolute deviations.
    private const double DeviationsOfMad = 1.4826;

    /// <summary>NaN without values.</summary>
    public static double Median(IEnumerable<double> values) => Quantile([.. values.Where(value => !double.IsNaN(value))], 0.5);

    public static double Median(ReadOnlySpan<double> values) => Quantile(Known(values), 0.5);

    public static double Quantile(ReadOnlySpan<double> values, double share) => Quantile(Known(values), share);

    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        int known = 0;
        foreach (double value in values)
        {
            sum += double.IsNaN(value) ? 0 : value;
            known += double.IsNaN(value) ? 0 : 1;
        }

        return known == 0 ? double.NaN : sum / known;
    }

    public static double Sum(ReadOnlySpan<double> values) => Mean(values) is var mean && double.IsNaN(mean) ? 0 : mean * CountKnown(values);

    public static int CountKnown(ReadOnlySpan<double> values)
    {
        int known = 0;
        foreach (double value in values)
        {
            known += double.IsNaN(value) ? 0 : 1;
        }

        return known;
    }

    /// <summary>Spread about the median as a standard deviation would be without outliers.</summary>
    public static double Spread(ReadOnlySpan<double> values)
    {
        double[] known = Known(values);
        double median = Quantile(known, 0.5);
        for (int i = 0; i < known.Length; i++)
        {
            known[i] = Math.Abs(known[i] - median);
        }

        return DeviationsOfMad * Quantile(known, 0.5);
    }

    /// <summary>Share of the known values that are on one side of a limit; NaN without values.</summary>
    public static double ShareBeyond(ReadOnlySpan<double> values, double limit, bool above)
    {
        int known = 0, beyond = 0;
        foreach (double value in values)
        {
            known += double.IsNaN(value) ? 0 : 1;
            beyond += above ? value >= limit ? 1 : 0 : value <= limit ? 1 : 0;
        }

        return known == 0 ? double.NaN : (double)beyond / known;
    }

    private static double[] Known(ReadOnlySpan<double> values)
    {
        double[] known = new double[CountKnown(values)];
        int next = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                known[next++] = value;
            }
        }

        return known;
    }

    // Sorts its argument.
    private static double Quantile(double[] known, double share)
    {
        if (known.Length == 0)
        {
            return double.NaN;
        }

        Array.Sort(known);
        double place = share * (known.Length - 1);
        int low = (int)place;
        return low + 1 < known.Length ? known[low] + ((place - low) * (known[low + 1] - known[low])) : known[low];
    }
}
