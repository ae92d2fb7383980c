using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>A home and what happens to it, by seed. Sizes are those of the physical cause, whatever anybody makes of it.</summary>
internal sealed record HomeCase(HomePlan Plan, Trouble Trouble)
{
    private const int Hour = HomeCalendar.HourSeconds, Day = HomeCalendar.DaySeconds;

    /// <param name="from">When the trouble begins, Unix seconds; what has been wrong from the first day does not wait for it.</param>
    public static HomeCase Of(int seed, TroubleKind kind, long from)
    {
        HomePlan plan = HomeBuilder.Build(seed, kind);
        var random = new SeededRandom((seed * 2_862_933_555L) + (int)kind);
        return kind switch
        {
            TroubleKind.WeakBackhaul => WeakBackhaul(plan, random, from),
            TroubleKind.BadPlacement => BadPlacement(plan, random),
            TroubleKind.NewNeighbour => NewNeighbour(plan, random, from),
            TroubleKind.Interference => Interference(plan, random, from),
            TroubleKind.OverloadedAccessPoint => Overload(plan, random, from),
            TroubleKind.WanDown => WanDown(plan, random, from),
            TroubleKind.SickNode => SickNode(plan, random, from),
            _ => new HomeCase(plan, Trouble.None),
        };
    }

    private static HomeCase WeakBackhaul(HomePlan plan, SeededRandom random, long from)
    {
        int node = AnyMeshNode(plan, random);
        double loss = Math.Clamp(UplinkRssi(plan, node) - random.Between(-86, -77), 10, 34);
        double way = random.Next();
        Trouble trouble = way switch
        {
            < 0.4 => Lasting(from, random.Between(2, 10) * Day) with { LossDb = loss },
            < 0.7 => Lasting(from, 1) with { LossDb = loss },
            _ => Lasting(from, random.Between(0.5, 4) * Day) with
            {
                LossDb = random.Between(0, 6),
                DropsAnHour = random.Between(2, 12),
                RetryMs = random.Between(10, 60),
                LostShare = random.Between(0.04, 0.2),
            },
        };
        return new HomeCase(plan, trouble with { Node = node });
    }

    private static HomeCase BadPlacement(HomePlan plan, SeededRandom random)
    {
        int node = AnyMeshNode(plan, random);
        double behind = UplinkRssi(plan, node) - random.Between(-86, -78);
        NodePlan[] boards = [.. plan.Nodes];
        boards[node] = boards[node] with { BehindDb = behind };
        return new HomeCase(plan with { Nodes = boards }, Trouble.None with { Node = node });
    }

    // Most on the home's channel, some beside it.
    private static HomeCase NewNeighbour(HomePlan plan, SeededRandom random, long from)
    {
        int own = plan.Script.Channel;
        int beside = SpectrumLoad.IsLow(own) && random.Next() < 0.2 ? (random.Next() < 0.5 ? 1 : -1) : 0;
        int channel = SpectrumLoad.IsLow(own) ? Math.Clamp(own + beside, 1, 13) : own;
        Place gateway = plan.Script.Gateway;
        double angle = random.Between(0, 2 * Math.PI), metres = random.Between(7, 16);
        var place = new Place(gateway.X + (metres * Math.Cos(angle)), gateway.Y + (metres * Math.Sin(angle)), (int)random.Between(0, 2));
        var newcomer = new NeighbourScript(place, channel, random.Between(0.2, 0.5), random.Next() < 0.7);
        return new HomeCase(plan, Lasting(from, 1) with { Newcomer = newcomer });
    }

    private static HomeCase Interference(HomePlan plan, SeededRandom random, long from)
    {
        double minutes = random.Between(6, 50);
        double aDay = Math.Clamp(random.Between(60, 240) / minutes, 2, 12);
        return new HomeCase(plan, Lasting(from, 1) with { Bursts = new BurstSource(aDay, minutes, random.Between(0.5, 0.9), random.Between(0.4, 0.85)) });
    }

    // At the gateway, which takes them all, or at a node, whose soft AP is full with fifteen: those are slow ones then.
    private static HomeCase Overload(HomePlan plan, SeededRandom random, long from)
    {
        bool isAtNode = random.Next() < 0.35 && plan.Script.Nodes.Any(node => node.HasAccessPoint);
        int node = isAtNode ? AnyMeshNode(plan, random) : -1;
        Place at = isAtNode ? plan.Script.Nodes[node].Place : plan.Script.Gateway;
        int count = isAtNode ? (int)random.Between(12, 22) : (int)random.Between(20, 51);
        double farthest = isAtNode ? 14 : 9;
        Place[] places = [.. Enumerable.Range(0, count).Select(_ => Around(at, random, farthest))];
        double full = places.Sum(place => MeanShare(Guest, plan, place, at));
        double size = random.Between(0.3, 0.5) / full;
        ClientScript[] guests = [.. places.Select((place, i) => new ClientScript($"guest-{i + 1}", Scaled(Guest, size), [new Stay(0, place)]))];
        return new HomeCase(plan with { GatewayStatesLoad = true }, Lasting(from, random.Between(0, 2) * Day) with { Node = node, Guests = guests });
    }

    private static HomeCase WanDown(HomePlan plan, SeededRandom random, long from)
    {
        var outages = new List<Span>();
        long start = from;
        for (int left = 1 + (int)(random.Next() * 4); left > 0; left--)
        {
            long end = start + (long)(random.Between(1, 12) * Hour);
            outages.Add(new Span(start, end));
            start = end + (long)(random.Between(6, 48) * Hour);
        }

        return new HomeCase(plan, Lasting(from, 1) with { WanOutages = outages });
    }

    private static HomeCase SickNode(HomePlan plan, SeededRandom random, long from)
    {
        int node = (int)(random.Next() * plan.Nodes.Count);
        var fault = (Fault)(int)(random.Next() * 4);
        double few = fault == Fault.LeaksHeap ? 7 : 0.1, many = fault == Fault.LeaksHeap ? 36 : 5;
        double hours = few * Math.Pow(many / few, random.Next());
        return new HomeCase(plan, Lasting(from, 1) with { Node = node, Sickness = new Sickness(fault, hours) });
    }

    private static Trouble Lasting(long from, double grows) => new(from, (long)grows, long.MaxValue);

    private static int AnyMeshNode(HomePlan plan, SeededRandom random)
    {
        int[] nodes = [.. Enumerable.Range(0, plan.Nodes.Count).Where(i => plan.Script.Nodes[i].HasAccessPoint)];
        return nodes[(int)(random.Next() * nodes.Length)];
    }

    private static double UplinkRssi(HomePlan plan, int node)
    {
        var home = new Household(plan, new HomeCalendar(HomeCalendar.Monday, plan.WindowSeconds), Trouble.None);
        return home.Nodes[node].UsualUplinkRssi;
    }

    private static Traffic Guest { get; } = new(1, 40, 0.8, 0.3, 1400);

    private static Traffic Scaled(Traffic traffic, double by) => traffic with
    {
        IdleFramesPerSecond = traffic.IdleFramesPerSecond * Math.Min(1, by),
        ActiveFramesPerSecond = traffic.ActiveFramesPerSecond * by,
    };

    private static double MeanShare(Traffic traffic, HomePlan plan, Place place, Place at)
    {
        double frames = traffic.IdleFramesPerSecond + (1.3 * traffic.ActiveShare * (traffic.ActiveFramesPerSecond - traffic.IdleFramesPerSecond));
        return frames * DataRate.For(14 - plan.Script.Plan.PathLossDb(place, at)).Seconds(traffic.FrameBytes);
    }

    private static Place Around(Place at, SeededRandom random, double farthest)
    {
        double angle = random.Between(0, 2 * Math.PI), metres = random.Between(1, farthest);
        return at with { X = at.X + (metres * Math.Cos(angle)), Y = at.Y + (metres * Math.Sin(angle)) };
    }
}
