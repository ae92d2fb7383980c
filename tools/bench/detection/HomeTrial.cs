using GatewayAgent.Detection;
using GatewayAgent.VirtualDevice.Fleet;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Bench.Detection;

/// <summary>One home, lived through to its end.</summary>
internal sealed class HomeTrial
{
    private const int Day = HomeCalendar.DaySeconds;

    private readonly Household _home;
    private readonly List<FirmwareNode> _nodes;

    private HomeTrial(HomePlan plan, Trouble trouble, int? target, DetectionSettings settings)
    {
        _home = new Household(plan, DemoHome.Calendar, trouble);
        var random = new SeededRandom(plan.Script.Seed * 104_729L);
        var desk = new WindowDesk();
        _nodes = [.. _home.Nodes.Where((_, index) => target == null || index == target).Select(node => new FirmwareNode(node, desk, settings, random))];
    }

    /// <summary>Nothing gets worse in this home.</summary>
    /// <returns>All that was told, node by node.</returns>
    public static IReadOnlyList<Told>[] Healthy(int seed, int days, DetectionSettings settings)
    {
        var trial = new HomeTrial(DemoHome.Plan(seed), Trouble.None, target: null, settings);
        return trial.Run(HomeCalendar.Monday + (days * (long)Day));
    }

    /// <summary>Something happens after four to five weeks, and is mended.</summary>
    public static Outcome With(Scenario scenario, int seed, DetectionSettings settings)
    {
        var random = new SeededRandom(seed * 31L);
        long from = HomeCalendar.Monday + (28 * Day) + (long)(random.Next() * 7 * Day);
        int target = 1 + (int)(random.Next() * 3);
        HomePlan plan = DemoHome.Plan(seed);
        Trouble trouble = scenario.Trouble(plan, from) with { Node = scenario.IsWholeHome ? -1 : target };
        var trial = new HomeTrial(plan, trouble, scenario.IsWholeHome ? null : target, settings);
        IReadOnlyList<Told>[] told = trial.Run(trouble.To + (5 * Day));
        return Outcome.Of(scenario, trouble, [.. told.SelectMany(node => node).OrderBy(t => t.At)]);
    }

    private IReadOnlyList<Told>[] Run(long until)
    {
        for (int window = 0; DemoHome.Calendar.At(window) < until; window++)
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
        var events = told.Where(t => scenario.Metrics.Contains(t.Event.Metric) && t.At > trouble.From).ToList();
        Told? first = events.FirstOrDefault(t => !t.Event.Recovered && t.At <= trouble.To);
        if (first == null)
        {
            return new Outcome(null, false, 0);
        }

        double hours = (first.At - trouble.From) / (double)HomeCalendar.HourSeconds;
        double stated = (first.Event.AtS - first.Event.SinceS + first.Event.BeforeBootS) / (double)HomeCalendar.HourSeconds;
        Told last = events.Last(t => t.Event.Metric == first.Event.Metric);
        return new Outcome(hours, last.Event.Recovered, stated - hours);
    }
}
