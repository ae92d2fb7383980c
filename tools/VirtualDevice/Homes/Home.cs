namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>
/// A home as it lives, second by second: who is where, connected to what, sending how much. Everything by chance comes from the seed, in a
/// fixed order.
/// </summary>
internal sealed class Home
{
    private readonly HomeScript _script;
    private readonly SeededRandom _random;
    private readonly List<Emitter> _emitters = [];
    private readonly List<AccessPoint> _accessPoints = [];
    private readonly List<MeshNode> _nodes = [];
    private readonly List<Client> _clients = [];
    private readonly List<Flow> _flows = [];
    private readonly Fading _fading;
    private readonly ChannelLoad _load = new();
    private readonly Dictionary<(Place, Place), double> _pathLoss = [];

    public Home(HomeScript script)
    {
        _script = script;
        _random = new SeededRandom(script.Seed);
        Gateway = AddAccessPoint(script.Gateway, script.Ssid, script.Channel, statesLoad: true);
        foreach (MeshNodeScript node in script.Nodes)
        {
            AddNode(node);
        }

        foreach (ClientScript client in script.Clients)
        {
            _clients.Add(Add(new Client(_emitters.Count, client)));
        }

        for (int i = 0; i < script.Neighbours.Count; i++)
        {
            NeighbourScript neighbour = script.Neighbours[i];
            AddAccessPoint(neighbour.Place, $"neighbour-{i + 1}", neighbour.Channel, neighbour.StatesLoad);
        }

        _fading = new Fading(_emitters.Count, _random);
        Live(0);
    }

    public HomeScript Script => _script;

    public AccessPoint Gateway { get; }

    /// <summary>Whole seconds it has lived.</summary>
    public long Second { get; private set; }

    public IReadOnlyList<AccessPoint> AccessPoints => _accessPoints;

    public IReadOnlyList<MeshNode> Nodes => _nodes;

    public IReadOnlyList<Client> Clients => _clients;

    /// <summary>Data frames of the current second.</summary>
    public IReadOnlyList<Flow> Flows => _flows;

    /// <summary>Goes on to a second; does nothing when it is there already.</summary>
    public void AdvanceTo(long second)
    {
        while (Second < second)
        {
            Live(++Second);
        }
    }

    /// <summary>Mean RSSI of this second, dBm.</summary>
    public double Rssi(Emitter from, Emitter to) => from.TxPowerDbm - PathLoss(from.Place, to.Place) + _fading.Between(from.Index, to.Index);

    /// <summary>Share of the air time of a channel that is used, 0–1.</summary>
    public double Utilization(int channel) => _load.On(channel);

    private T Add<T>(T emitter)
        where T : Emitter
    {
        _emitters.Add(emitter);
        return emitter;
    }

    private AccessPoint AddAccessPoint(Place place, string ssid, int channel, bool statesLoad)
    {
        AccessPoint added = Add(new AccessPoint(_emitters.Count, place, ssid, channel, statesLoad));
        _accessPoints.Add(added);
        return added;
    }

    private void AddNode(MeshNodeScript script)
    {
        AccessPoint? own = script.HasAccessPoint ? AddAccessPoint(script.Place, _script.Ssid, _script.Channel, statesLoad: false) : null;
        MeshNode node = Add(new MeshNode(_emitters.Count, script, own));
        node.ParentNode = script.Parent == null ? null : _nodes.Single(other => other.Script.Name == script.Parent);
        node.Parent = node.ParentNode?.AccessPoint ?? Gateway;
        _nodes.Add(node);
    }

    private void Live(long second)
    {
        _fading.Step();
        Gateway.IsUp = !_script.Disturbances.OfType<GatewayReboot>().Any(reboot => reboot.IsOn(second));
        foreach (MeshNode node in _nodes)
        {
            Place(node, second);
            node.UpdateUplink(second, Rssi(node.Parent, node) - BackhaulLoss(node, second));
        }

        foreach (Client client in _clients)
        {
            Live(client, second);
        }

        MakeFlows();
        MeasureLoad(second);
    }

    private void Place(MeshNode node, long second)
    {
        Place place = node.Script.Place;
        foreach (MovedNode moved in _script.Disturbances.OfType<MovedNode>())
        {
            place = moved.Node == node.Script.Name && moved.IsOn(second) ? moved.Place : place;
        }

        place = node.CarriedTo ?? place;
        node.Place = place;
        if (node.AccessPoint != null)
        {
            node.AccessPoint.Place = place;
        }
    }

    private double BackhaulLoss(MeshNode node, long second)
    {
        double loss = 0;
        foreach (FailingBackhaul failing in _script.Disturbances.OfType<FailingBackhaul>())
        {
            if (failing.Node == node.Script.Name && failing.IsOn(second))
            {
                loss += failing.LossDb * (second - failing.FromSecond) / (failing.ToSecond - failing.FromSecond);
            }
        }

        return loss;
    }

    private void Live(Client client, long second)
    {
        const double MeanActiveSeconds = 120;
        Place? place = client.PlaceAt(second);
        client.IsHome = place != null;
        client.Place = place ?? client.Place;

        // Idle times are as much longer as the share of active time is smaller.
        double share = client.Script.Traffic.ActiveShare;
        double change = client.IsActive ? 1 / MeanActiveSeconds : share / (1 - share) / MeanActiveSeconds;
        client.IsActive ^= _random.Next() < change;
        client.AccessPoint = client.IsHome ? Roam(client) : null;
    }

    // Clients are sticky: they leave an access point that serves them badly for one that is clearly better.
    private AccessPoint? Roam(Client client)
    {
        const double LeaveDbm = -72, BetterDb = 8, WeakestDbm = -86;
        AccessPoint? now = client.AccessPoint is { IsUp: true } current ? current : null;
        double nowRssi = now == null ? double.NegativeInfinity : Rssi(client, now);
        if (nowRssi >= LeaveDbm)
        {
            return now;
        }

        AccessPoint? best = nowRssi > WeakestDbm ? now : null;
        double toBeat = best == null ? WeakestDbm : nowRssi + BetterDb;
        foreach (AccessPoint other in _accessPoints)
        {
            double rssi = Rssi(client, other);
            if (other.IsUp && other.Ssid == _script.Ssid && rssi > toBeat)
            {
                best = other;
                toBeat = rssi;
            }
        }

        return best;
    }

    private void MakeFlows()
    {
        _flows.Clear();
        foreach (AccessPoint accessPoint in _accessPoints)
        {
            accessPoint.Stations = 0;
        }

        foreach (Client client in _clients)
        {
            if (client.AccessPoint is { } serving)
            {
                serving.Stations++;
                AddFlows(client, serving);
            }
        }
    }

    private void AddFlows(Client client, AccessPoint serving)
    {
        Traffic traffic = client.Script.Traffic;
        double frames = client.IsActive ? traffic.ActiveFramesPerSecond : traffic.IdleFramesPerSecond;
        AddFlow(serving, client, serving, frames * traffic.DownShare, traffic.FrameBytes);
        AddFlow(client, serving, serving, frames * (1 - traffic.DownShare), traffic.FrameBytes);
        for (MeshNode? node = _nodes.Find(n => n.AccessPoint == serving); node != null; node = node.ParentNode)
        {
            if (node.IsConnected)
            {
                AddFlow(node.Parent, node, node.Parent, frames * traffic.DownShare, traffic.FrameBytes);
                AddFlow(node, node.Parent, node.Parent, frames * (1 - traffic.DownShare), traffic.FrameBytes);
            }
        }
    }

    private void AddFlow(Emitter from, Emitter to, AccessPoint accessPoint, double frames, int bytes) =>
        _flows.Add(new Flow(from, to, accessPoint.Mac, accessPoint.Channel, frames, bytes, DataRate.For(Rssi(from, to))));

    private void MeasureLoad(long second)
    {
        _load.Clear();
        foreach (Flow flow in _flows)
        {
            _load.Add(flow.Channel, flow.FramesPerSecond * flow.Rate.Seconds(flow.Bytes));
        }

        int first = _accessPoints.Count - _script.Neighbours.Count;
        for (int i = 0; i < _script.Neighbours.Count; i++)
        {
            AddNeighbour(_accessPoints[first + i], _script.Neighbours[i]);
        }

        if (_script.Disturbances.OfType<MicrowaveOven>().Any(oven => oven.IsOn(second)))
        {
            _load.AddMicrowave();
        }

        foreach (AccessPoint accessPoint in _accessPoints)
        {
            double share = _load.On(accessPoint.Channel) + (0.01 * _random.Gaussian());
            accessPoint.Utilization = (int)Math.Clamp(255 * share, 0, 250);
        }
    }

    // The load of a neighbour wanders around its mean; its stations cannot be seen, only the access point's frames.
    private void AddNeighbour(AccessPoint accessPoint, NeighbourScript script)
    {
        const double Memory = 0.98;
        const int FrameBytes = 1300;
        double target = script.Load * _random.Exponential();
        accessPoint.Load = (Memory * accessPoint.Load) + ((1 - Memory) * target);
        accessPoint.Stations = 1 + (int)(script.Load * 20);
        _load.Add(accessPoint.Channel, accessPoint.Load);
        var rate = new DataRate(4);
        _flows.Add(new Flow(
            accessPoint, accessPoint, accessPoint.Mac, accessPoint.Channel, accessPoint.Load / rate.Seconds(FrameBytes), FrameBytes, rate));
    }

    private double PathLoss(Place a, Place b)
    {
        if (!_pathLoss.TryGetValue((a, b), out double loss))
        {
            loss = _script.Plan.PathLossDb(a, b);
            _pathLoss.Add((a, b), loss);
        }

        return loss;
    }
}
