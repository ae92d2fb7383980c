using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>
/// Builds a home as operators find them: a flat, a terraced house or a detached one, with as many nodes as its size asks for, put where the
/// installer's light showed green, and people and neighbours by chance.
/// </summary>
internal sealed class HomeBuilder
{
    private const double Plaster = 4, Brick = 9, Concrete = 13;
    private const double PowerDbm = 18, ClientPowerDbm = 14, Band5Db = 6;

    // What the light of a node in placement mode calls good, and close.
    private const double GoodDbm = Limits.PlacementGoodDbm, CloseDbm = Limits.PlacementCloseDbm;
    private const double ServedDbm = -68;
    private const int MostHops = 3, MostNeighbours = 25, MostClients = 25;

    private static readonly string[] _rooms = ["hall", "bedroom", "kitchen", "office", "attic", "nursery", "garage", "guests"];
    private static readonly int[] _usual2g = [1, 6, 11], _other2g = [2, 3, 4, 5, 7, 8, 9, 10, 13];
    private static readonly int[] _usual5g = [36, 40, 44, 48, 52, 60, 100, 112, 149, 157];

    private readonly SeededRandom _random;
    private readonly int _seed;
    private readonly TroubleKind _kind;
    private readonly double _width, _depth;
    private readonly int _floors;
    private readonly FloorPlan _plan;
    private readonly bool _is5Ghz;
    private readonly List<(MeshNodeScript Script, int Hops)> _nodes = [];
    private readonly List<NodePlan> _boards = [];
    private Place _gateway;

    private HomeBuilder(int seed, TroubleKind kind)
    {
        _seed = seed;
        _kind = kind;
        _random = new SeededRandom((seed * 6_364_136_223L) + 1442);
        double size = _random.Next();
        _floors = size < 0.45 ? 1 : size < 0.75 ? 2 + Number(0, 1) : 1 + Number(1, 2);
        (_width, _depth) = size < 0.45 ? (Between(6, 11), Between(6, 9)) : size < 0.75 ? (Between(5, 7), Between(8, 11)) : (Between(9, 14), Between(8, 12));
        _is5Ghz = _random.Next() < 0.15 && kind != TroubleKind.Interference;
        _plan = Walls();
    }

    /// <summary>A home of this seed, as it is before its trouble begins. What has been wrong from the first day is in it.</summary>
    public static HomePlan Build(int seed, TroubleKind kind) => new HomeBuilder(seed, kind).Build();

    private HomePlan Build()
    {
        _gateway = new Place(Between(0.7, 3), Between(0.7, _depth - 0.7));
        AddNodes();
        List<NeighbourScript> neighbours = Neighbours();
        int channel = Channel(neighbours);
        Settle(neighbours, channel);
        return new HomePlan
        {
            Script = new HomeScript
            {
                Seed = _seed,
                Ssid = "home",
                Plan = _plan,
                Gateway = _gateway,
                Channel = channel,
                Nodes = [.. _nodes.Select(node => node.Script)],
                Clients = Clients(),
                Neighbours = neighbours,
            },
            Nodes = _boards,
            WindowSeconds = WindowSeconds(),
            GatewayStatesLoad = _random.Next() < 0.9,
            RebootsGateway = _random.Next() < 0.2,
            HasKey = _random.Next() < 0.9,
            BroadbandMs = Between(6, 40),
        };
    }

    private double Between(double least, double most) => _random.Between(least, most);

    private int Number(int least, int most) => least + (int)(_random.Next() * (most - least + 1));

    private T Any<T>(IReadOnlyList<T> of) => of[(int)(_random.Next() * of.Count)];

    private int WindowSeconds()
    {
        double choice = _random.Next();
        return choice < 0.05 ? 60 : choice < 0.1 ? 120 : choice < 0.8 ? 300 : choice < 0.9 ? 600 : 900;
    }

    private FloorPlan Walls()
    {
        double inner = _random.Next() < 0.3 ? Brick : Plaster, outer = _random.Next() < 0.3 ? Concrete : Brick;
        var walls = new List<Wall>();
        for (int floor = 0; floor < _floors; floor++)
        {
            walls.AddRange(
            [
                new Wall(0, 0, _width, 0, outer, floor), new Wall(_width, 0, _width, _depth, outer, floor),
                new Wall(_width, _depth, 0, _depth, outer, floor), new Wall(0, _depth, 0, 0, outer, floor),
            ]);
            double along = Between(0.35, 0.65) * _width;
            walls.Add(new Wall(along, 0, along, _depth, inner, floor));
            for (int across = Number(1, 2); across > 0; across--)
            {
                double y = Between(0.2, 0.8) * _depth;
                walls.Add(_random.Next() < 0.5 ? new Wall(0, y, along, y, Plaster, floor) : new Wall(along, y, _width, y, Plaster, floor));
            }
        }

        return new FloorPlan { Walls = walls, CeilingLossDb = Between(7, 14) };
    }

    private Place Anywhere() => new(Between(0.7, _width - 0.7), Between(0.7, _depth - 0.7), Number(0, _floors - 1));

    private double Rssi(Place from, Place to, double power) => power - _plan.PathLossDb(from, to) - (_is5Ghz ? Band5Db : 0);

    private void AddNodes()
    {
        bool needsBackhaul = _kind is TroubleKind.WeakBackhaul or TroubleKind.BadPlacement;
        double area = _width * _depth * _floors;
        int most = area < 80 ? 3 : area < 170 ? 5 : 8;
        int count = Number(1, most);
        bool hasStock = _random.Next() < 0.12;
        if (_random.Next() < 0.55)
        {
            var beside = new Place(_gateway.X + Between(0.5, 1.5), _gateway.Y + Between(-0.5, 0.5));
            Add(new MeshNodeScript("gateway", beside, HasAccessPoint: false), hops: 0, isStock: false);
            count += needsBackhaul && count == 1 ? 1 : 0;
        }

        while (_nodes.Count < count)
        {
            AddMeshNode(isStock: hasStock && _nodes.Count > 0 && _random.Next() < 0.5);
        }
    }

    private void Add(MeshNodeScript script, int hops, bool isStock)
    {
        _nodes.Add((script, hops));
        _boards.Add(new NodePlan(isStock, _random.Next() < 0.95, _random.Next() < 0.1, 0, Number(70, 140)));
    }

    // Of the places whose uplink is good, the one that is farthest from the other access points.
    private void AddMeshNode(bool isStock)
    {
        const int Tries = 30;
        Place place = default;
        double farthest = double.MaxValue;
        for (int i = 0; i < Tries; i++)
        {
            Place candidate = Anywhere();
            double best = ParentOf(candidate).Rssi;
            if (best is >= GoodDbm and <= CloseDbm && best < farthest)
            {
                (place, farthest) = (candidate, best);
            }
        }

        if (farthest == double.MaxValue)
        {
            place = new Place(_gateway.X + Between(1, 3), _gateway.Y + Between(-0.4, 0.4));
        }

        (string? parent, int hops, _) = ParentOf(place);
        int number = _nodes.Count(node => node.Script.HasAccessPoint);
        string name = number < _rooms.Length ? _rooms[number] : $"room-{number + 1}";
        Add(new MeshNodeScript(name, place, parent), hops, isStock);
    }

    // The gateway if that is good enough, else the best.
    private (string? Name, int Hops, double Rssi) ParentOf(Place place)
    {
        (string? Name, int Hops, double Rssi) best = (null, 0, Rssi(_gateway, place, PowerDbm));
        foreach ((MeshNodeScript node, int hops) in _nodes)
        {
            double rssi = Rssi(node.Place, place, PowerDbm);
            if (node.HasAccessPoint && hops < MostHops - 1 && best.Rssi < GoodDbm && rssi > best.Rssi)
            {
                best = (node.Name, hops + 1, rssi);
            }
        }

        return best;
    }

    private List<ClientScript> Clients()
    {
        int count = Math.Min(MostClients, 1 + _random.Poisson(Between(2, 7) + (_floors * 3)));
        Traffic[] stationary = [Traffic.Television, Traffic.Camera, Traffic.Sensor, Traffic.Sensor, Traffic.Laptop];
        Traffic[] mobile = [Traffic.Phone, Traffic.Phone, Traffic.Phone, Traffic.Laptop];
        var clients = new List<ClientScript>();
        for (int i = 0; i < count; i++)
        {
            bool moves = _random.Next() < 0.5;
            int places = moves ? Number(2, 3) : 1;
            Stay[] stays = [.. Enumerable.Range(0, places).Select(stay => new Stay(stay * 1000, ServedPlace()))];
            clients.Add(new ClientScript($"client-{i + 1}", Any(moves ? mobile : stationary), stays));
        }

        return clients;
    }

    // People are where they are served: where they are not is another trouble.
    private Place ServedPlace()
    {
        const int Tries = 25;
        for (int i = 0; i < Tries; i++)
        {
            Place place = Anywhere();
            if (ServedAt(place) >= ServedDbm)
            {
                return place;
            }
        }

        return new Place(_gateway.X + Between(0.5, 2), _gateway.Y);
    }

    private double ServedAt(Place place)
    {
        double best = Rssi(place, _gateway, ClientPowerDbm);
        foreach ((MeshNodeScript node, _) in _nodes)
        {
            best = node.HasAccessPoint ? Math.Max(best, Rssi(place, node.Place, ClientPowerDbm)) : best;
        }

        return best;
    }

    // Quiet roads, and blocks of flats.
    private List<NeighbourScript> Neighbours()
    {
        double density = _floors == 1 ? Between(0, 22) : Between(0, 12);
        int count = Math.Min(MostNeighbours, _random.Poisson(density));
        var neighbours = new List<NeighbourScript>();
        for (int i = 0; i < count; i++)
        {
            bool isHigh = _is5Ghz && _random.Next() < 0.5;
            int channel = isHigh ? Any(_usual5g) : Any(_random.Next() < 0.85 ? _usual2g : _other2g);
            neighbours.Add(Neighbour(channel, 0.05 * _random.Exponential()));
        }

        return neighbours;
    }

    private NeighbourScript Neighbour(int channel, double load) => new(Outside(), channel, Math.Min(0.3, load), _random.Next() < 0.65);

    /// <summary>Somewhere around the home.</summary>
    private Place Outside()
    {
        double angle = Between(0, 2 * Math.PI), metres = Between(3, _floors == 1 ? 12 : 22);
        double x = (_width / 2) + (Math.Cos(angle) * ((_width / 2) + metres)), y = (_depth / 2) + (Math.Sin(angle) * ((_depth / 2) + metres));
        return new Place(x, y, _floors == 1 ? Number(-1, 1) : Number(0, 1));
    }

    // Most gateways look for the quietest of the three channels; some stay where they were put. What is no Wi-Fi lies on the upper ones.
    private int Channel(List<NeighbourScript> neighbours)
    {
        if (_is5Ghz)
        {
            return Any(_usual5g);
        }

        int[] open = _kind == TroubleKind.Interference ? [6, 11] : _usual2g;
        return _random.Next() < 0.25 ? Any(open) : open.MinBy(channel => LoadOf(neighbours, channel));
    }

    private static double LoadOf(List<NeighbourScript> neighbours, int channel)
    {
        var load = new SpectrumLoad();
        load.Clear();
        double nothing = load.On(channel);
        foreach (NeighbourScript neighbour in neighbours)
        {
            load.Add(neighbour.Channel, neighbour.Load);
        }

        return load.On(channel) - nothing;
    }

    // A channel of which neighbours use more than a fifth over the day is full in the evening: that is the trouble of some homes, and of those only.
    private void Settle(List<NeighbourScript> neighbours, int channel)
    {
        const double Bearable = 0.18;
        double wanted = _kind == TroubleKind.CongestedChannel ? Between(0.42, 0.65) : Bearable;
        while (_kind == TroubleKind.CongestedChannel && LoadOf(neighbours, channel) < 0.6 * wanted)
        {
            neighbours.Add(Neighbour(channel, Between(0.05, 0.2)));
        }

        double load = LoadOf(neighbours, channel);
        if (_kind != TroubleKind.CongestedChannel && load <= Bearable)
        {
            return;
        }

        for (int i = 0; i < neighbours.Count; i++)
        {
            bool isNear = SpectrumLoad.IsLow(channel) ? Math.Abs(neighbours[i].Channel - channel) < 5 : neighbours[i].Channel == channel;
            neighbours[i] = isNear ? neighbours[i] with { Load = neighbours[i].Load * wanted / load } : neighbours[i];
        }
    }
}
