using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Stretches of minutes in which the channel was full and no Wi-Fi that could be read explains it, in the last two days.</summary>
/// <param name="Minutes">On the worse of the two days; of the node that stands in the middle of what the nodes say.</param>
/// <param name="Episodes">In all.</param>
/// <param name="Repeating">Share of them that came at a time of day at which there was one on the other day, too.</param>
/// <param name="Broken">%, frames that broke in them beyond those that break beside them; NaN = there was no burst.</param>
/// <param name="BrokenBeside">%, frames that break beside them.</param>
/// <param name="First">The first of them.</param>
/// <param name="FullPercent">Most of the utilisation in them, %.</param>
/// <param name="Utilization">%, window by window.</param>
internal sealed record Bursts(
    double Minutes, int Episodes, double Repeating, double Broken, double BrokenBeside, DateTimeOffset? First, double FullPercent, IReadOnlyList<Point> Utilization)
{
    private const double LeastPercent = 75, LeastRisePercent = 3, RiseOfAWindow = 12, WindowS = 300;
    private const double ExplainedShare = 0.5;
    private static readonly TimeSpan _neighbourhood = TimeSpan.FromMinutes(75), _sameTime = TimeSpan.FromMinutes(60);

    /// <summary>Null when no windows of the last days are known, or no load on the channel.</summary>
    /// <param name="leastBroken">%, frames that must break in a burst for it to count.</param>
    public static Bursts? Of(ChannelView channel, double leastBroken)
    {
        List<List<Look>> nodes = [.. channel.Nodes.Select(node => Looks(node, channel.Number)).Where(looks => looks.Count >= 12)];
        if (nodes.Count == 0)
        {
            return null;
        }

        List<Bursts> each = [.. nodes.Select(looks => Of(looks, leastBroken)).OrderBy(bursts => bursts.Minutes)];
        return each[each.Count / 2];
    }

    private static Bursts Of(List<Look> looks, double leastBroken)
    {
        var bursts = new List<Look>();
        double seconds = 0, broken = 0, brokenBeside = 0;
        double[] onDay = new double[2];
        int low = 0, high = 0;
        for (int i = 0; i < looks.Count; i++)
        {
            Look look = looks[i];
            while (looks[low].Start < look.Start - _neighbourhood)
            {
                low++;
            }

            while (high < looks.Count && looks[high].Start <= look.Start + _neighbourhood)
            {
                high++;
            }

            if (look.Most < LeastPercent)
            {
                continue;
            }

            Look beside = Beside(looks, low, high, i);

            // Of a window that is half a burst, half of the frames break as in a burst.
            double share = Math.Min(1, (look.Mean - beside.Mean) / (look.Most - beside.Mean));
            if (IsBurst(look, beside) && look.Broken - beside.Broken >= leastBroken * share)
            {
                bursts.Add(look);
                seconds += look.Seconds * share;
                onDay[look.Start > looks[^1].Start.AddDays(-1) ? 1 : 0] += look.Seconds * share;
                broken += look.Seconds * (look.Broken - beside.Broken);
                brokenBeside += look.Seconds * beside.Broken;
            }
        }

        List<DateTimeOffset> episodes = Starts(bursts);
        return new Bursts(
            Math.Max(onDay[0], onDay[1]) / 60,
            episodes.Count,
            RepeatingShare(episodes),
            seconds == 0 ? double.NaN : broken / seconds,
            seconds == 0 ? double.NaN : brokenBeside / bursts.Sum(burst => burst.Seconds),
            bursts.Count == 0 ? null : bursts[0].Start,
            bursts.Count == 0 ? 0 : Math.Round(bursts.Max(burst => burst.Most)),
            [.. looks.Select(look => new Point(look.Start, Math.Round(look.Mean, 1)))]);
    }

    private static bool IsBurst(Look look, Look beside)
    {
        double rise = look.Mean - beside.Mean;
        double least = Math.Max(LeastRisePercent, RiseOfAWindow * Math.Min(1, WindowS / look.Seconds));
        bool isWifi = look.Airtime - beside.Airtime >= ExplainedShare * rise;
        return look.Most >= LeastPercent && rise >= least && !isWifi;
    }

    private static Look Beside(List<Look> looks, int low, int high, int i)
    {
        int count = high - low - 1;
        if (count == 0)
        {
            return looks[i];
        }

        double[] mean = new double[count], airtime = new double[count], broken = new double[count];
        for (int other = low, next = 0; other < high; other++)
        {
            if (other != i)
            {
                (mean[next], airtime[next], broken[next]) = (looks[other].Mean, looks[other].Airtime, looks[other].Broken);
                next++;
            }
        }

        return new Look(looks[i].Start, looks[i].Seconds, Numbers.Median(mean.AsSpan()), 0, Numbers.Median(airtime.AsSpan()), Numbers.Median(broken.AsSpan()));
    }

    private static List<DateTimeOffset> Starts(List<Look> bursts)
    {
        var episodes = new List<DateTimeOffset>();
        DateTimeOffset end = DateTimeOffset.MinValue;
        foreach (Look burst in bursts)
        {
            if (burst.Start > end)
            {
                episodes.Add(burst.Start);
            }

            end = burst.Start.AddSeconds(burst.Seconds * 1.5);
        }

        return episodes;
    }

    private static double RepeatingShare(List<DateTimeOffset> episodes) => episodes.Count == 0
        ? 0
        : (double)episodes.Count(episode => episodes.Exists(other => (other - episode).Duration() > TimeSpan.FromHours(12) && IsSameTime(other, episode))) / episodes.Count;

    private static bool IsSameTime(DateTimeOffset a, DateTimeOffset b)
    {
        TimeSpan apart = (a.TimeOfDay - b.TimeOfDay).Duration();
        return apart <= _sameTime || apart >= TimeSpan.FromDays(1) - _sameTime;
    }

    private static List<Look> Looks(NodeView node, uint channel)
    {
        var looks = new List<Look>();
        foreach (NodeWindow window in node.Facts.Windows)
        {
            var view = new WindowView(window);
            if (view.Channel != channel || view.OwnRow is not { Load: { } load } row || window.Report.Survey is not { } survey)
            {
                continue;
            }

            double frames = survey.FcsErrors + window.Rows.Sum(other => (double)other.Beacons + other.OtherFrames);
            double airtime = WindowView.AirtimePercent(row);
            looks.Add(new Look(
                window.Start, view.Seconds, WindowView.Percent(load.Mean), WindowView.Percent(load.Max), double.IsNaN(airtime) ? 0 : airtime,
                frames == 0 ? 0 : 100 * survey.FcsErrors / frames));
        }

        return looks;
    }

    /// <summary>A window: mean and most of the utilisation, %, air time of frames that could be read, %, and broken frames, %.</summary>
    private readonly record struct Look(DateTimeOffset Start, double Seconds, double Mean, double Most, double Airtime, double Broken);
}
