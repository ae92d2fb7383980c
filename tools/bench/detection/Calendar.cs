namespace GatewayAgent.Bench.Detection;

/// <summary>Time of a run in windows of five minutes; a run begins at midnight, on a Monday.</summary>
internal static class Calendar
{
    public const int WindowSeconds = 300;
    public const int WindowsAnHour = 3600 / WindowSeconds;
    public const int WindowsADay = 24 * WindowsAnHour;

    /// <summary>Monday, 5 January 2026, 00:00 UTC.</summary>
    public const long Start = 1_767_571_200;

    public static double HourOfDay(int window) => window % WindowsADay / (double)WindowsAnHour;

    public static bool IsWeekend(int window) => window / WindowsADay % 7 >= 5;

    /// <summary>How much people use the network, about 1 on average: little at night, most in the evening, more on days off.</summary>
    public static double Activity(double hour, bool isWeekend)
    {
        ReadOnlySpan<double> weekday = [0.25, 0.1, 0.05, 0.05, 0.05, 0.1, 0.5, 0.9, 0.8, 0.7, 0.7, 0.8, 1.0, 0.9, 0.9, 1.1, 1.4, 1.7, 2.0, 2.3, 2.5, 2.3, 1.5, 0.7];
        ReadOnlySpan<double> dayOff = [0.5, 0.3, 0.1, 0.05, 0.05, 0.05, 0.2, 0.4, 0.9, 1.4, 1.7, 1.8, 1.7, 1.6, 1.6, 1.7, 1.8, 1.9, 2.1, 2.3, 2.5, 2.3, 1.7, 1.0];
        ReadOnlySpan<double> day = isWeekend ? dayOff : weekday;
        int before = (int)hour;
        double share = hour - before;
        return (day[before] * (1 - share)) + (day[(before + 1) % 24] * share);
    }
}
