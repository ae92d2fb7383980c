using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>When the home worked and the way out did not: all nodes that can tell tell it at once.</summary>
/// <param name="Minutes">Within the last two days.</param>
/// <param name="Since">Beginning of the newest.</param>
/// <param name="Until">The end of the newest, as far as is known.</param>
/// <param name="Bad">%, of the home's time that was bad beyond the gateway.</param>
internal sealed record Outages(double Minutes, DateTimeOffset? Since, DateTimeOffset? Until, Hourly Bad)
{
    // Nodes back off before they try again.
    private static readonly TimeSpan _slack = TimeSpan.FromHours(1), _comingBack = TimeSpan.FromHours(2);

    private const double BadPercent = 5;
    private const int Looked = 2 * HourGrid.Day;

    private static readonly TimeSpan _leastGap = TimeSpan.FromMinutes(20);

    public static Outages Of(HomeView home)
    {
        var bad = new Hourly(home.Grid, hour => Agreed(home.Nodes.Select(node => node.WanBad[hour])));
        double minutes = Numbers.Sum(bad.Last(Looked)) * 60 / 100;
        DateTimeOffset? since = Newest(home, bad);
        foreach ((DateTimeOffset from, DateTimeOffset to) in Gaps(home))
        {
            minutes += (to - from).TotalMinutes;
            since = since > from ? since : from;
        }

        return new Outages(minutes, since, LastBad(home, bad), bad);
    }

    /// <summary>Whether a silence that began at a moment may be the outage, which is not or hardly over.</summary>
    public bool Explains(DateTimeOffset? silentSince, DateTimeOffset now) =>
        silentSince >= Since - _slack && silentSince <= Until + _slack && now - Until <= _comingBack;

    // At least half of the nodes say so.
    private static double Agreed(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(value => !double.IsNaN(value)).Order()];
        return known.Length == 0 ? double.NaN : known[(known.Length - 1) / 2];
    }

    private static DateTimeOffset? LastBad(HomeView home, Hourly bad)
    {
        int hour = bad.Newest;
        while (hour >= 0 && !(bad[hour] > BadPercent))
        {
            hour--;
        }

        return hour < 0 ? null : home.Grid.At(hour + 1) < home.Now ? home.Grid.At(hour + 1) : home.Now;
    }

    private static DateTimeOffset? Newest(HomeView home, Hourly bad)
    {
        int hour = bad.Newest;
        while (hour >= Math.Max(0, home.Grid.Count - Looked) && !(bad[hour] > BadPercent))
        {
            hour--;
        }

        if (hour < Math.Max(0, home.Grid.Count - Looked))
        {
            return null;
        }

        while (hour > 0 && bad[hour - 1] > BadPercent)
        {
            hour--;
        }

        return FirstBadWindow(home, home.Grid.At(hour)) ?? home.Grid.At(hour);
    }

    private static DateTimeOffset? FirstBadWindow(HomeView home, DateTimeOffset hour)
    {
        var score = new WindowScore(home.Limits);
        DateTimeOffset? first = null;
        foreach (NodeWindow window in home.Nodes.SelectMany(node => node.Facts.Windows))
        {
            if (window.Start >= hour && window.Start < hour.AddHours(1) && !(first <= window.Start))
            {
                score.Judge(window, carriesClients: true);
                first = score is { Worst: Classifier.Wan, BadShare: > 0.5 } ? window.Start : first;
            }
        }

        return first;
    }

    // Nothing of any node, and afterwards the boots of several go on: they lived, and what they had to say was lost. A single node may have lost its own uplink.
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Gaps(HomeView home)
    {
        const int LeastNodes = 2;
        List<(NodeView Node, NodeWindow Window)> windows =
            [.. home.Nodes.SelectMany(node => node.Facts.Windows.Select(window => (node, window))).OrderBy(pair => pair.window.Start)];
        DateTimeOffset? end = null;
        for (int i = 0; i < windows.Count; i++)
        {
            DateTimeOffset start = windows[i].Window.Start;
            if (end is { } from && start - from >= _leastGap && home.Nodes.Count(node => GoesOn(node, start)) >= LeastNodes)
            {
                yield return (from, start);
            }

            end = end > windows[i].Window.End ? end : windows[i].Window.End;
        }
    }

    private static bool GoesOn(NodeView node, DateTimeOffset moment)
    {
        IReadOnlyList<NodeWindow> windows = node.Facts.Windows;
        int next = 0;
        while (next < windows.Count && windows[next].Start < moment)
        {
            next++;
        }

        return next > 0 && next < windows.Count && windows[next - 1].Report.BootId == windows[next].Report.BootId;
    }
}
