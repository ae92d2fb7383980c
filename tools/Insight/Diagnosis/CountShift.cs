namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Something that happens more often than it did: events by chance, so few hours say little.</summary>
/// <param name="Hour">First hour of the higher rate.</param>
/// <param name="Before">An hour.</param>
/// <param name="Now">An hour.</param>
/// <param name="Events">In the time since.</param>
internal sealed record CountShift(int Hour, double Before, double Now, double Events)
{
    private const int LeastEvents = 4;
    private const double LeastFactor = 3, Sigmas = 4;

    // What may happen on any day, an hour.
    private const double Chance = 0.5 / HourGrid.Day;

    /// <summary>The latest lasting rise of a rate; null when there is none.</summary>
    /// <param name="counts">Events in each hour.</param>
    /// <param name="measured">How much of each hour was looked at, in hours; null = all of it.</param>
    public static CountShift? Find(Hourly counts, Hourly? measured = null)
    {
        int end = counts.Newest + 1;
        CountShift? found = null;
        double best = 0;
        for (int hours = 2; hours < end; hours += 1 + (hours / 4))
        {
            ReadOnlySpan<double> since = counts.All[(end - hours)..end], before = counts.Until(end - hours);
            double events = Numbers.Sum(since), known = Time(counts, measured, end - hours, end), knownBefore = Time(counts, measured, 0, end - hours);
            double rateBefore = knownBefore == 0 ? double.NaN : Numbers.Sum(before) / knownBefore, usual = double.IsNaN(rateBefore) ? Chance : Math.Max(rateBefore, Chance);
            double expected = usual * known, sigmas = (events - expected) / Math.Sqrt(Math.Max(expected, 1));
            if (events >= LeastEvents && events >= LeastFactor * expected && sigmas >= Sigmas && sigmas > best && IsStillOn(since, events))
            {
                best = sigmas;
                found = new CountShift(FirstEvent(counts, end - hours), rateBefore, events / known, events);
            }
        }

        return found;
    }

    private static double Time(Hourly counts, Hourly? measured, int from, int to)
    {
        double hours = 0;
        for (int hour = from; hour < to; hour++)
        {
            hours += double.IsNaN(counts[hour]) ? 0 : measured?[hour] ?? 1;
        }

        return hours;
    }

    // The newer half has its share of it, and the last hours are not free of it.
    private static bool IsStillOn(ReadOnlySpan<double> since, double events)
    {
        const int LastHours = 12;
        const double Share = 0.3;
        ReadOnlySpan<double> last = since[Math.Max(0, since.Length - LastHours)..];
        double expected = events * Numbers.CountKnown(last) / Math.Max(1, Numbers.CountKnown(since));
        return Numbers.Sum(since[(since.Length / 2)..]) >= events / 4 && Numbers.Sum(last) >= Math.Max(1, Share * expected);
    }

    private static int FirstEvent(Hourly counts, int hour)
    {
        while (!(counts[hour] > 0))
        {
            hour++;
        }

        return hour;
    }
}
