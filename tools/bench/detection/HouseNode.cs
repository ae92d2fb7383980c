using GatewayAgent.Reporting;
using GatewayAgent.Sampling;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Bench.Detection;

/// <summary>What the radio and the network of one node are like, and the windows that the firmware makes of it.</summary>
internal sealed class HouseNode
{
    private const int Looks = 30;
    private const double SecondsBetweenLooks = (double)Calendar.WindowSeconds / Looks;
    private const double NodePowerDbm = 18, ClientPowerDbm = 14, JitterDb = 2;
    private const double DropsAnHour = 0.015; // by chance, every third day
    private const int Probes = Calendar.WindowSeconds / 30;
    private const double BroadbandMs = 14;
    private const double WeakestDbm = -89, ReconnectDbm = -86; // as MeshNode

    private readonly Household _home;
    private readonly MeshNodeScript _script;
    private readonly Place _parent;
    private readonly SeededRandom _random;
    private readonly Trouble? _trouble;
    private readonly RadioPath _uplink;
    private readonly Dictionary<Resident, RadioPath> _clientPaths = [];
    private readonly Dictionary<Place, double> _meanRssi = [];
    private readonly SlowNoise _broadband;
    private readonly LinkReading _reading = new();
    private readonly byte[] _stations = new byte[Limits.Stations * Limits.StationRecordBytes];
    private bool _wasConnected;
    private int _disconnects;
    private int _window;

    public HouseNode(Household home, int index, SeededRandom random, Trouble? trouble)
    {
        HomeScript script = home.Script;
        _home = home;
        _script = script.Nodes[index];
        _random = random;
        _trouble = trouble;
        _uplink = new RadioPath(random, SecondsBetweenLooks);
        _broadband = new SlowNoise(random, spread: 0.3, hours: 8);
        MeshNodeScript? parent = script.Nodes.FirstOrDefault(node => node.Name == _script.Parent);
        _parent = parent?.Place ?? script.Gateway;
        Hops = parent == null ? 0 : 1;
        foreach (Resident resident in home.Residents)
        {
            _clientPaths.Add(resident, new RadioPath(random, SecondsBetweenLooks * 3));
        }
    }

    public int Hops { get; }

    public IReadOnlyList<Resident> Clients { get; private set; } = [];

    public bool HasAccessPoint => _script.HasAccessPoint;

    /// <summary>dBm, without fading.</summary>
    public double MeanRssiAt(Place place)
    {
        if (!_meanRssi.TryGetValue(place, out double rssi))
        {
            rssi = ClientPowerDbm - _home.Script.Plan.PathLossDb(place, _script.Place);
            _meanRssi.Add(place, rssi);
        }

        return rssi;
    }

    public void NextWindow(int window)
    {
        _window = window;
        _uplink.NextWindow(_home.Awake);
        Clients = [.. _home.Residents.Where(resident => resident.IsHome && resident.BestNode(_home.Nodes) == this).Take(Limits.Stations)];
        foreach (Resident resident in Clients)
        {
            _clientPaths[resident].NextWindow(_home.Awake);
        }
    }

    /// <summary>Lets the firmware's window see what the node's radio sees in these five minutes.</summary>
    /// <param name="window">Empty.</param>
    /// <param name="startSeconds">Uptime.</param>
    public void Fill(Window window, long startSeconds)
    {
        double size = _trouble?.SizeAt(_window) ?? 0;
        double mean = NodePowerDbm - _home.Script.Plan.PathLossDb(_parent, _script.Place) - (size * (_trouble?.LossDb ?? 0));
        _disconnects += _random.Poisson((DropsAnHour + (size * (_trouble?.DropsAnHour ?? 0))) / Calendar.WindowsAnHour);
        double last = mean;
        for (int look = 0; look < Looks; look++)
        {
            last = mean + _uplink.NextLook();
            Look(window, startSeconds + (long)(look * SecondsBetweenLooks), last, look >= _home.GatewayOffShare * Looks);
            if (look % 3 == 0)
            {
                LookAtClients(window, startSeconds);
            }
        }

        Probe(window, last, size);
    }

    private static sbyte ToDbm(double dbm) => (sbyte)Math.Clamp(Math.Round(dbm), -127, -1);

    private double Jitter() => JitterDb * (_random.Next() + _random.Next() - 1);

    private void Look(Window window, long second, double rssi, bool isUp)
    {
        bool isConnected = isUp && rssi >= (_wasConnected ? WeakestDbm : ReconnectDbm);
        _disconnects += _wasConnected && !isConnected ? 1 : 0;
        _wasConnected = isConnected;
        _reading.Clear();
        _reading.Connected = isConnected;
        _reading.Disconnects = _disconnects & 0xFFFF;
        _reading.Channel = _home.Script.Channel;
        if (_reading.Connected)
        {
            _reading.Rssi = ToDbm(rssi + Jitter());
            _reading.Utilization = (int)Math.Clamp(255 * (_home.Utilization + (0.01 * _random.Gaussian())), 0, 250);
        }

        window.Link.Add(_reading, second);
    }

    private void LookAtClients(Window window, long second)
    {
        for (int i = 0; i < Clients.Count; i++)
        {
            double rssi = MeanRssiAt(Clients[i].Place) + _clientPaths[Clients[i]].NextLook() + Jitter();
            _stations[(i * Limits.StationRecordBytes) + 6] = (byte)ToDbm(rssi);
        }

        if (_script.HasAccessPoint)
        {
            window.Clients.Add(_stations, Clients.Count, second);
        }
    }

    private void Probe(Window window, double rssi, double size)
    {
        double broadband = BroadbandMs * Math.Exp(_broadband.Next()) * (_random.Next() < 0.02 ? 3 : 1);
        double lost = Math.Max(_home.GatewayOffShare, size * (_trouble?.LostShare ?? 0));
        for (int i = 0; i < Probes; i++)
        {
            bool isLost = _random.Next() < lost;
            window.Gateway.Add(isLost ? -1 : RoundTrip(rssi, size));
        }

        window.Broker.Add(_random.Next() < lost ? -1 : RoundTrip(rssi, size) + (int)(broadband * (1 + (0.3 * _random.Exponential()))));
    }

    private int RoundTrip(double rssi, double size) =>
        HomeProbe.Milliseconds(_home.Utilization, rssi, Hops, _random.Exponential()) + (int)(size * (_trouble?.RetryMs ?? 0) * _random.Exponential());
}
