namespace GatewayAgent.Portal.Series;

/// <summary>Equal steps of time that begin at whole multiples of their length, so that the same time always falls into the same step.</summary>
internal readonly record struct TimeGrid(DateTimeOffset Start, TimeSpan Step, int Count)
{
    private static readonly int[] _steps =
        [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 2 * 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600, 48 * 3600, 7 * 24 * 3600];

    /// <summary>Covers a time with at most so many steps, none shorter than <paramref name="least"/>.</summary>
    public static TimeGrid Over(DateTimeOffset from, DateTimeOffset to, int points, TimeSpan least)
    {
        foreach (int seconds in _steps)
        {
            TimeGrid grid = Of(from, to, seconds);
            if (grid.Count <= points && grid.Step >= least)
            {
                return grid;
            }
        }

        return Of(from, to, (int)Math.Max(Math.Ceiling((to - from).TotalSeconds / Math.Max(1, points - 1)), least.TotalSeconds));
    }

    public DateTimeOffset At(int index) => Start + (index * Step);

    /// <summary>The step that holds a moment; null = outside.</summary>
    public int? IndexOf(DateTimeOffset moment)
    {
        long index = moment < Start ? -1 : (moment - Start).Ticks / Step.Ticks;
        return index >= 0 && index < Count ? (int)index : null;
    }

    private static TimeGrid Of(DateTimeOffset from, DateTimeOffset to, int seconds)
    {
        long first = from.ToUnixTimeSeconds() / seconds;
        long end = (to.ToUnixTimeSeconds() + seconds - 1) / seconds;
        return new TimeGrid(DateTimeOffset.FromUnixTimeSeconds(first * seconds), TimeSpan.FromSeconds(seconds), (int)Math.Max(1, end - first));
    }
}
