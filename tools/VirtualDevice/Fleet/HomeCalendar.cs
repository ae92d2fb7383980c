namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>Time of a home in windows. Hours and days are those of its clock, which goes by UTC.</summary>
/// <param name="start">Beginning of window 0, Unix seconds.</param>
/// <param name="windowSeconds">Length of a window.</param>
internal sealed class HomeCalendar(long start, int windowSeconds)
{
    public const int HourSeconds = 3600, DaySeconds = 24 * HourSeconds;

    /// <summary>Monday, 5 January 2026, 00:00.</summary>
    public const long Monday = 1_767_571_200;

    // The first day of Unix time was a Thursday.
    private const int FirstWeekday = 3;

    public long Start => start;

    public int WindowSeconds => windowSeconds;

    /// <summary>Beginning of a window, Unix seconds.</summary>
    public long At(int window) => start + ((long)window * windowSeconds);

    public double HourOfDay(int window) => At(window) % DaySeconds / (double)HourSeconds;

    public bool IsWeekend(int window) => (DayOf(window) + FirstWeekday) % 7 >= 5;

    /// <summary>It is the first window that begins at this hour of the day or after it.</summary>
    public bool Reaches(int window, int hour)
    {
        long late = (At(window) - (hour * HourSeconds)) % DaySeconds;
        return late >= 0 && late < windowSeconds;
    }

    public bool IsMonday(int window) => (DayOf(window) + FirstWeekday) % 7 == 0;

    /// <summary>How likely something is in one window that happens once in so many hours.</summary>
    public double Chance(double hours) => windowSeconds / (hours * HourSeconds);

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

    private long DayOf(int window) => At(window) / DaySeconds;
}
