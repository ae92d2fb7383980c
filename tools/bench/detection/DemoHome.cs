using GatewayAgent.VirtualDevice.Fleet;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Bench.Detection;

/// <summary>
/// The house of the demo with its four nodes, differently furnished by each seed: so that figures of the detectors are figures of the detectors,
/// and not of where nodes stand.
/// </summary>
internal static class DemoHome
{
    public static HomeCalendar Calendar { get; } = new(HomeCalendar.Monday, Limits.WindowDefaultSeconds);

    public static int WindowsAnHour => HomeCalendar.HourSeconds / Limits.WindowDefaultSeconds;

    public static HomePlan Plan(int seed)
    {
        var random = new SeededRandom(seed * 7919L);
        HomeScript script = Vary(HomeScripts.Demo(seed), random);
        return new HomePlan
        {
            Script = script,
            Nodes = [.. script.Nodes.Select(_ => NodePlan.Usual)],
            RebootsGateway = random.Next() < 0.2,
            BroadbandMs = 14,
        };
    }

    private static HomeScript Vary(HomeScript script, SeededRandom random)
    {
        Place Near(Place place) => place with { X = place.X + random.Between(-1.5, 1.5), Y = place.Y + random.Between(-1.5, 1.5) };
        return script with
        {
            Channel = random.Next() < 0.33 ? 1 : random.Next() < 0.5 ? 6 : 11,
            Gateway = Near(script.Gateway),
            Nodes = [.. script.Nodes.Select(node => node with { Place = Near(node.Place) })],
            Clients = [.. script.Clients.Where(_ => random.Next() < 0.85)],
            Neighbours = [.. script.Neighbours.Select(neighbour => neighbour with { Load = neighbour.Load * random.Between(0.4, 1.8) })],
        };
    }
}
