using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>
/// What uses the air and is no Wi-Fi: in every kitchen a microwave oven that runs for minutes when people eat, and leaks a little; in some homes
/// something worse.
/// </summary>
internal sealed class Bursts(SeededRandom random, HomeCalendar calendar, Trouble trouble)
{
    // The simulator's oven: half of the air time of channels 5 to 13.
    private const int First = 5, Last = 13;
    private const double OvenShare = 0.5, OvenBreaks = 0.15;
    private const double OvenMinutes = 4, OvenHours = 5, LongestMinutes = 75;

    private Span _oven, _other;

    public void Live(int window, double awake)
    {
        long start = calendar.At(window);
        if (awake > 0.3 && random.Next() < awake * calendar.Chance(OvenHours))
        {
            _oven = Begin(start, OvenMinutes * (0.5 + random.Next()));
        }

        if (trouble.Bursts is { } source && trouble.SizeAt(start) > 0 && start >= _other.To
            && random.Next() < Math.Min(1.5, awake) * source.ADay * calendar.Chance(24))
        {
            _other = Begin(start, Math.Clamp(source.Minutes * random.Exponential(), source.Minutes / 3, LongestMinutes));
        }
    }

    /// <summary>Share of the air time of a channel that they take at a moment.</summary>
    public double ShareAt(int channel, long second) => !Reach(channel) ? 0
        : _other.Holds(second) ? trouble.Bursts!.Share
        : _oven.Holds(second) ? OvenShare : 0;

    /// <summary>The same, mean of a time.</summary>
    public double MeanShare(int channel, Span time) =>
        !Reach(channel) ? 0 : (time.ShareIn(_oven) * OvenShare) + (time.ShareIn(_other) * (trouble.Bursts?.Share ?? 0));

    /// <summary>Share of the frames on a channel that break at a moment.</summary>
    public double BrokenAt(int channel, long second) => !Reach(channel) ? 0
        : _other.Holds(second) ? trouble.Bursts!.Breaks
        : _oven.Holds(second) ? OvenBreaks : 0;

    /// <summary>The same, mean of a time.</summary>
    public double MeanBroken(int channel, Span time) =>
        !Reach(channel) ? 0 : (time.ShareIn(_oven) * OvenBreaks) + (time.ShareIn(_other) * (trouble.Bursts?.Breaks ?? 0));

    private static bool Reach(int channel) => channel is >= First and <= Last;

    private Span Begin(long start, double minutes)
    {
        long from = start + (long)(random.Next() * calendar.WindowSeconds);
        return new Span(from, from + Math.Max(30, (long)(60 * minutes)));
    }
}
