namespace GatewayAgent.Insight.Diagnosis;

/// <summary>A level that changed and has stayed.</summary>
/// <param name="Hour">First hour of the new level.</param>
/// <param name="Before">Median before.</param>
/// <param name="Now">Median of the newest day of the new level.</param>
/// <param name="Clarity">0–1: how cleanly the values before and after are apart.</param>
internal sealed record Shift(int Hour, double Before, double Now, double Clarity)
{
    // Fewer hours are no level.
    private const int LeastHours = 3, LeastHoursBefore = 18;
    private const double ClipSpreads = 3, LeastSpreads = 2.5, HalfSize = 0.5;

    // The longer a level has lasted, the surer is its median, and the less its single hours must stand apart.
    private const double HoursOfOneSpread = 12, SurestSpreads = 0.4;

    public double Size => Now - Before;

    /// <summary>
    /// The latest lasting change of at least a size in one direction; null when there is none. For each order of lengths of the time since, the best
    /// split is looked for; a split counts when the values on either side are apart, when the change is large against the usual spread, and when no stretch as
    /// long as the time since has been like that before.
    /// </summary>
    /// <param name="values">As they were measured, or without the time of day.</param>
    /// <param name="least">Least size; negative = a fall.</param>
    public static Shift? Find(Hourly values, double least)
    {
        ReadOnlySpan<double> all = values.All;
        int end = values.Newest + 1;
        var split = new Splits(all[..end]);
        Shift? found = null;
        double best = 0;
        for (int shortest = LeastHours; shortest < end; shortest *= 2)
        {
            int hour = split.Best(end - Math.Min(end, (2 * shortest) - 1), end - shortest, least > 0, out double score);
            if (hour >= LeastHours && score > best && Check(values, hour, end, least) is { } shift)
            {
                found = shift;
                best = score;
            }
        }

        return found;
    }

    private static Shift? Check(Hourly values, int hour, int end, double least)
    {
        ReadOnlySpan<double> before = values.Until(hour), after = values.All[hour..end];
        if (Numbers.CountKnown(before) < LeastHoursBefore || Numbers.CountKnown(after) < LeastHours)
        {
            return null;
        }

        ReadOnlySpan<double> newest = after[Math.Max(0, after.Length - HourGrid.Day)..];
        double was = Numbers.Median(before), became = Numbers.Median(after), now = Numbers.Median(newest);
        bool isUp = least > 0;
        double size = isUp ? Math.Min(became, now) - was : was - Math.Max(became, now);
        double middle = was + (HalfSize * (became - was));
        double apart = Math.Min(Numbers.ShareBeyond(after, middle, isUp), 1 - Numbers.ShareBeyond(before, middle, isUp));
        double needed = LeastApart(after.Length), spreads = LeastSpreads * Math.Max(SurestSpreads, 1 / Math.Sqrt(1 + (after.Length / HoursOfOneSpread)));
        bool isNew = size >= Math.Abs(least) && size >= spreads * Numbers.Spread(before) && apart >= needed
            && !HasBeenLikeThat(before, after.Length, middle, isUp, needed);
        if (!isNew)
        {
            return null;
        }

        int step = Step(values.All[..end], middle, isUp);
        int start = Beginning(values, step < LeastHours ? hour : step, was + ((became - was) / 3), isUp);
        return new Shift(start, Numbers.Median(values.Until(start)), now, (apart - HalfSize) / (1 - HalfSize));
    }

    // The hour before and after which the fewest values are on the wrong side of the middle.
    private static int Step(ReadOnlySpan<double> all, double middle, bool isUp)
    {
        int wrong = 0, least = 0, step = 0;
        for (int hour = 0; hour < all.Length; hour++)
        {
            wrong += double.IsNaN(all[hour]) ? 0 : IsBeyond(all[hour], middle, isUp) ? 1 : -1;
            if (wrong < least)
            {
                (least, step) = (wrong, hour + 1);
            }
        }

        return step;
    }

    // A change that came slowly began before its middle: with the first hour of the stretch in which half of the hours were past a third of the way.
    private static int Beginning(Hourly values, int hour, double early, bool isUp)
    {
        const int Look = 12, LeastKnown = 5;
        int first = hour;
        while (first > Look && values.All[(first - Look)..first] is var stretch && Numbers.CountKnown(stretch) >= LeastKnown && IsBeyond(Numbers.Median(stretch), early, isUp))
        {
            first--;
        }

        while (first < hour && !IsBeyond(values[first], early, isUp))
        {
            first++;
        }

        return first;
    }

    private static bool IsBeyond(double value, double limit, bool above) => above ? value >= limit : value <= limit;

    private static double LeastApart(int hours) => hours < HourGrid.Day ? 0.8 : hours < 3 * HourGrid.Day ? 0.7 : 0.62;

    // Longer than two days is new enough.
    private static bool HasBeenLikeThat(ReadOnlySpan<double> before, int length, double middle, bool isUp, double share)
    {
        length = Math.Min(length, 2 * HourGrid.Day);
        int beyond = 0, known = 0;
        for (int i = 0; i < before.Length; i++)
        {
            Count(before[i], 1);
            if (i >= length)
            {
                Count(before[i - length], -1);
            }

            if (i >= length - 1 && known >= LeastHours && 2 * known >= Math.Min(length, HourGrid.Day) && beyond >= share * known)
            {
                return true;
            }
        }

        return false;

        void Count(double value, int one)
        {
            known += double.IsNaN(value) ? 0 : one;
            beyond += IsBeyond(value, middle, isUp) ? one : 0;
        }
    }

    /// <summary>Sums of clipped values, from which the mean of any stretch is one subtraction.</summary>
    private sealed class Splits
    {
        private readonly double[] _sums;
        private readonly int[] _known;

        public Splits(ReadOnlySpan<double> values)
        {
            double median = Numbers.Median(values), clip = Math.Max(1e-9, ClipSpreads * Numbers.Spread(values));
            _sums = new double[values.Length + 1];
            _known = new int[values.Length + 1];
            for (int i = 0; i < values.Length; i++)
            {
                bool isKnown = !double.IsNaN(values[i]);
                _sums[i + 1] = _sums[i] + (isKnown ? Math.Clamp(values[i] - median, -clip, clip) : 0);
                _known[i + 1] = _known[i] + (isKnown ? 1 : 0);
            }
        }

        /// <summary>The split with the largest difference of means for its lengths, between two hours, both included; −1 = none.</summary>
        public int Best(int first, int last, bool isUp, out double score)
        {
            int best = -1, end = _sums.Length - 1;
            score = 0;
            for (int hour = Math.Max(1, first); hour <= last; hour++)
            {
                double before = _known[hour], after = _known[end] - before;
                if (before < 1 || after < 1)
                {
                    continue;
                }

                double difference = ((_sums[end] - _sums[hour]) / after) - (_sums[hour] / before);
                double at = (isUp ? difference : -difference) * Math.Sqrt(before * after / (before + after));
                (best, score) = at > score ? (hour, at) : (best, score);
            }

            return best;
        }
    }
}
