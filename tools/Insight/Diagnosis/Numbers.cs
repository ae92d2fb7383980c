namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Robust statistics. NaN is unknown and takes no part.</summary>
internal static class Numbers
{
    // The standard deviation of a normal distribution in median absolute deviations.
    private const double DeviationsOfMad = 1.4826;

    // A month of hours, and a little.
    private const int OnStack = 768;

    /// <summary>NaN without values.</summary>
    public static double Median(IEnumerable<double> values) => Median([.. values]);

    public static double Median(ReadOnlySpan<double> values) => Quantile(values, 0.5);

    public static double Quantile(ReadOnlySpan<double> values, double share)
    {
        Span<double> known = values.Length <= OnStack ? stackalloc double[values.Length] : new double[values.Length];
        return QuantileOf(known[..CopyKnown(values, known)], share);
    }

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
        Span<double> known = values.Length <= OnStack ? stackalloc double[values.Length] : new double[values.Length];
        known = known[..CopyKnown(values, known)];
        double median = QuantileOf(known, 0.5);
        for (int i = 0; i < known.Length; i++)
        {
            known[i] = Math.Abs(known[i] - median);
        }

        return DeviationsOfMad * QuantileOf(known, 0.5);
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

    private static int CopyKnown(ReadOnlySpan<double> values, Span<double> known)
    {
        int next = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                known[next++] = value;
            }
        }

        return next;
    }

    // Straight between the two values about the place. Changes the order of the values.
    private static double QuantileOf(Span<double> known, double share)
    {
        if (known.Length == 0)
        {
            return double.NaN;
        }

        double place = share * (known.Length - 1);
        int low = (int)place;
        double at = Select(known, low);
        if (place == low)
        {
            return at;
        }

        double next = known[low + 1];
        foreach (double value in known[(low + 1)..])
        {
            next = Math.Min(next, value);
        }

        return at + ((place - low) * (next - at));
    }

    // Hoare's selection: afterwards nothing before the place is larger, and nothing behind it smaller.
    private static double Select(Span<double> values, int place)
    {
        int first = 0, last = values.Length - 1;
        while (first < last)
        {
            double pivot = values[(first + last) / 2];
            int low = first, high = last;
            while (low <= high)
            {
                while (values[low] < pivot)
                {
                    low++;
                }

                while (values[high] > pivot)
                {
                    high--;
                }

                if (low <= high)
                {
                    (values[low], values[high]) = (values[high], values[low]);
                    low++;
                    high--;
                }
            }

            (first, last) = place <= high ? (first, high) : place >= low ? (low, last) : (place, place);
        }

        return values[place];
    }
}
