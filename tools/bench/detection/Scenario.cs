using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Fleet;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Bench.Detection;

/// <summary>Something that happens to homes, and what should be told of it.</summary>
/// <param name="Name">A row of the table.</param>
/// <param name="Metrics">One of them must alarm; empty: none may.</param>
/// <param name="Trouble">Made for a home, with the second at which it begins.</param>
internal sealed record Scenario(string Name, IReadOnlyList<Metric> Metrics, Func<HomePlan, long, Trouble> Trouble)
{
    private const int Day = HomeCalendar.DaySeconds;

    // A link that was weak before does not get weaker: it breaks, and its few readings are the strong ones.
    private static readonly Metric[] _link = [Metric.LinkRssi, Metric.Disconnects];

    /// <summary>Any node of the home may tell it, not only the one that has it.</summary>
    public bool IsWholeHome { get; init; }

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("fade of 6 dB in 5 days", _link, (_, from) => new Trouble(from, 5 * Day, from + (10 * Day)) { LossDb = 6 }),
        new("fade of 12 dB in 2 weeks", _link, (_, from) => new Trouble(from, 14 * Day, from + (18 * Day)) { LossDb = 12 }),
        new("furniture moved: step of 10 dB", _link, (_, from) => new Trouble(from, 1, from + (8 * Day)) { LossDb = 10 }),
        new("new neighbour: 20 % of the channel", [Metric.Utilization], (home, from) => new Trouble(from, 1, from + (9 * Day)) { Newcomer = Neighbour(home, 0.2) })
        {
            IsWholeHome = true,
        },
        new("new neighbour: 35 % of the channel", [Metric.Utilization], (home, from) => new Trouble(from, 1, from + (9 * Day)) { Newcomer = Neighbour(home, 0.35) })
        {
            IsWholeHome = true,
        },
        new("failing backhaul: drops, latency", [Metric.Disconnects, Metric.GatewayLatency, Metric.BrokerLatency],
            (_, from) => new Trouble(from, 3 * Day, from + (9 * Day)) { DropsAnHour = 2, RetryMs = 10, LostShare = 0.04 }),
    ];

    private static NeighbourScript Neighbour(HomePlan home, double load) => new(new Place(16, 6), home.Script.Channel, load, StatesLoad: true);
}
