using GatewayAgent.Detection;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Bench.Detection;

/// <summary>One home, lived through to its end.</summary>
internal sealed class HomeTrial
{
    private readonly Household _home;
    private readonly List<FirmwareNode> _nodes;

    private HomeTrial(int seed, Trouble? trouble, int target, bool isWholeHome, DetectionSettings settings)
    {
        _home = new Household(seed, trouble, target);
        var random = new SeededRandom(seed * 104_729L);
        _nodes = [.. _home.Nodes.Where((_, index) => isWholeHome || index == target).Select(node => new FirmwareNode(node, settings, random))];
    }

    /// <summary>Nothing gets worse in this home.</summary>
    /// <returns>All that was told, node by node.</returns>
    public static IReadOnlyList<Told>[] Healthy(int seed, int days, DetectionSettings settings)
    {
        var trial = new HomeTrial(seed, trouble: null, target: -1, isWholeHome: true, settings);
        return trial.Run(days * Calendar.WindowsADay);
    }

    /// <summary>Something happens after four to five weeks, and is mended.</summary>
    public static Outcome With(Scenario scenario, int seed, DetectionSettings settings)
    {
        var random = new SeededRandom(seed * 31L);
        int from = (28 * Calendar.WindowsADay) + (int)(random.Next() * 7 * Calendar.WindowsADay);
        Trouble trouble = scenario.Trouble(from);
        int target = 1 + (int)(random.Next() * 3);
        var trial = new HomeTrial(seed, trouble, target, scenario.IsWholeHome, settings);
        IReadOnlyList<Told>[] told = trial.Run(trouble.To + (5 * Calendar.WindowsADay));
        return Outcome.Of(scenario, trouble, [.. told.SelectMany(node => node).OrderBy(t => t.Window)]);
    }

    private IReadOnlyList<Told>[] Run(int windows)
    {
        for (int window = 0; window < windows; window++)
        {
            _home.Live(window);
            foreach (FirmwareNode node in _nodes)
            {
                node.Live(window);
            }
        }

        return [.. _nodes.Select(node => node.Told)];
    }
}

/// <summary>What was told of a trouble.</summary>
/// <param name="DelayHours">From its beginning to the first alarm that belongs to it; null = none came before it was mended.</param>
/// <param name="IsRecoveryTold">The end of every alarm of it was told within five days after it was mended.</param>
/// <param name="SinceErrorHours">How far the stated beginning is from the true one.</param>
internal sealed record Outcome(double? DelayHours, bool IsRecoveryTold, double SinceErrorHours)
{
    public static Outcome Of(Scenario scenario, Trouble trouble, IReadOnlyList<Told> told)
    {
        var events = told.Where(t => scenario.Metrics.Contains(t.Event.Metric) && t.Window > trouble.From).ToList();
        Told? first = events.FirstOrDefault(t => !t.Event.Recovered && t.Window <= trouble.To);
        if (first == null)
        {
            return new Outcome(null, false, 0);
        }

        double hours = (first.Window - trouble.From) / (double)Calendar.WindowsAnHour;
        double stated = (first.Event.AtS - first.Event.SinceS + first.Event.BeforeBootS) / 3600.0;
        Told last = events.Last(t => t.Event.Metric == first.Event.Metric);
        return new Outcome(hours, last.Event.Recovered, stated - hours);
    }
}
