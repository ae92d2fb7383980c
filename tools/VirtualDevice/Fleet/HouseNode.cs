using GatewayAgent.Reporting;
using GatewayAgent.Sampling;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>What the radio and the network of one node are like, and the windows that the firmware makes of it.</summary>
internal sealed class HouseNode
{
    /// <summary>Seconds between two looks at the paths; within them signals only jitter.</summary>
    public const int LookSeconds = Limits.StationPeriodMs / 1000;

    private const int MostStations = 15;
    private const double JitterDb = 2;
    private const double DropsAnHour = 0.015; // by chance, every third day
    private const double WeakestDbm = -89, ReconnectDbm = -86; // as MeshNode
    private const int ReconnectSeconds = 4, LongestReconnectSeconds = 12;
    private const int InactivityReason = 4;
    private const double LostDbm = -84, LossAtTheEdge = 0.3; // as HomeProbe

    private readonly Household _home;
    private readonly MeshNodeScript _script;
    private readonly NodePlan _plan;
    private readonly SeededRandom _random;
    private readonly Trouble _trouble;
    private readonly RadioPath _path;
    private readonly NodeSurvey? _survey;
    private readonly StockView? _stock;
    private bool _wasConnected;
    private double _rssi;

    public HouseNode(Household home, IReadOnlyList<HouseNode> before, int index, SeededRandom random)
    {
        _home = home;
        _script = home.Plan.Script.Nodes[index];
        _plan = home.Plan.Nodes[index];
        _random = random;
        _trouble = home.Trouble.Node == index ? home.Trouble : Trouble.None;
        _path = new RadioPath(random, home.Calendar, LookSeconds);
        Parent = before.FirstOrDefault(node => node._script.Name == _script.Parent);
        Uplink = Parent?.AccessPoint ?? home.Gateway;
        if (_script.HasAccessPoint)
        {
            AccessPoint = new AirSource(_script.Place, home.Plan.Script.Channel, statesLoad: false, isOfHome: true)
            {
                MostStations = MostStations,
                BehindDb = _plan.BehindDb / 2,
                Mac = [0x02, 0x1A, 0xF0, 2, 0, (byte)index],
            };
        }

        UsualUplinkRssi = home.RssiAt(_script.Place, Uplink) - _plan.BehindDb;
        MeanUplinkRssi = UsualUplinkRssi;
        _survey = _plan.IsStock ? null : new NodeSurvey(home, this, random);
        _stock = _plan.IsStock ? new StockView(home, this, random) : null;
    }

    public MeshNodeScript Script => _script;

    public NodePlan Plan => _plan;

    /// <summary>What its uplink is connected to, and the node that has it; null = the gateway's own.</summary>
    public AirSource Uplink { get; }

    public HouseNode? Parent { get; }

    /// <summary>Nodes between it and the gateway.</summary>
    public int Hops => Parent == null ? 0 : Parent.Hops + 1;

    /// <summary>Null = it has none.</summary>
    public AirSource? AccessPoint { get; }

    /// <summary>dBm, without fading: as planned, and in this window.</summary>
    public double UsualUplinkRssi { get; }

    public double MeanUplinkRssi { get; private set; }

    /// <summary>The board runs, in most of this window.</summary>
    public bool IsRunning { get; set; } = true;

    /// <summary>Share of the last window in which its uplink was connected.</summary>
    public double ConnectedShare { get; private set; } = 1;

    /// <summary>All the way to the gateway, at the end of the last window.</summary>
    public bool ReachesGateway => IsRunning && _wasConnected && (Parent == null || Parent.ReachesGateway);

    public void NextWindow(int window)
    {
        _path.NextWindow(_home.Awake);
        MeanUplinkRssi = UsualUplinkRssi - (_trouble.SizeAt(_home.Calendar.At(window)) * _trouble.LossDb);
        if (AccessPoint != null)
        {
            AccessPoint.IsUp = IsRunning;
        }
    }

    /// <summary>Lets the firmware's window see what the node's radio sees.</summary>
    /// <param name="desk">Its window is empty.</param>
    /// <param name="uptime">Of the beginning, seconds.</param>
    /// <param name="time">Of the window.</param>
    public void Fill(WindowDesk desk, long uptime, Span time)
    {
        int connected = LookAtUplink(desk, uptime, time);
        ConnectedShare = connected / (double)(time.To - time.From);
        if (_stock != null)
        {
            _stock.Fill(desk, uptime, time, connected > 0);
        }
        else
        {
            LookAtClients(desk, uptime, time);
        }

        Probe(desk.Window, time);
        _survey?.Fill(desk, time, connected);
    }

    /// <summary>A round trip to the gateway at a moment, ms; −1 = lost.</summary>
    public int RoundTrip(long second)
    {
        bool isUp = _home.IsGatewayUp(second);
        double milliseconds = 0, size = _trouble.SizeAt(second);
        double utilization = _home.UtilizationAt(second);
        double broken = _home.Bursts.BrokenAt(_home.Plan.Script.Channel, second);
        for (HouseNode? node = this; node != null && isUp; node = node.Parent)
        {
            bool isLost = _random.Next() < 0.5 * broken * broken
                || (node._rssi < LostDbm && _random.Next() < LossAtTheEdge)
                || _random.Next() < node._trouble.SizeAt(second) * node._trouble.LostShare;
            isUp = !isLost && (node == this || _random.Next() < node.ConnectedShare);
            milliseconds += HomeProbe.Milliseconds(utilization, node._rssi, 0, _random.Exponential())
                + (node._trouble.SizeAt(second) * node._trouble.RetryMs * _random.Exponential())
                + (broken * 60 * _random.Exponential());
        }

        return isUp ? (int)milliseconds : -1;
    }

    /// <summary>A round trip to the broker at a moment, ms; −1 = lost.</summary>
    public int BrokerRoundTrip(long second)
    {
        int wifi = RoundTrip(second);
        double spike = _random.Next() < 0.02 ? 3 : 1;
        return wifi < 0 ? -1 : wifi + (int)(_home.BroadbandMs * spike * (1 + (0.3 * _random.Exponential())));
    }

    public static sbyte ToDbm(double dbm) => (sbyte)Math.Clamp(Math.Round(dbm), -127, -1);

    private double Jitter() => JitterDb * (_random.Next() + _random.Next() - 1);

    // Returns the seconds in which it was connected.
    private int LookAtUplink(WindowDesk desk, long uptime, Span time)
    {
        int connected = 0;
        for (long second = time.From; second < time.To; second += LookSeconds)
        {
            int seconds = (int)Math.Min(LookSeconds, time.To - second);
            _rssi = MeanUplinkRssi + _path.NextLook();
            connected += Look(desk, uptime + second - time.From, second, seconds);
        }

        return connected;
    }

    private int Look(WindowDesk desk, long uptime, long second, int seconds)
    {
        double drops = DropsAnHour + (_trouble.SizeAt(second) * _trouble.DropsAnHour);
        bool drop = _wasConnected && _random.Next() < drops * seconds / HomeCalendar.HourSeconds;
        bool isUp = Uplink.IsUp && _home.IsGatewayUp(second);
        bool isConnected = isUp && _rssi >= (_wasConnected ? WeakestDbm : ReconnectDbm);
        int gap = drop ? (int)_random.Between(ReconnectSeconds, LongestReconnectSeconds) : 0;
        gap = isConnected ? Math.Min(gap, seconds) : seconds;
        if (_wasConnected && gap > 0 && _stock == null)
        {
            desk.Disconnects++;
        }

        _wasConnected = isConnected;
        if (_stock == null)
        {
            AddSamples(desk, uptime, second, seconds, gap);
        }

        return seconds - gap;
    }

    private void AddSamples(WindowDesk desk, long uptime, long second, int seconds, int gap)
    {
        LinkReading reading = desk.Reading;
        double load = _home.UtilizationAt(second);
        reading.Clear();
        reading.Disconnects = desk.Disconnects & 0xFFFF;
        reading.LastReason = InactivityReason;
        reading.Channel = _home.Plan.Script.Channel;
        for (int i = 0; i < seconds; i++)
        {
            reading.Connected = i >= gap;
            reading.Rssi = reading.Connected ? ToDbm(_rssi + Jitter()) : LinkReading.RssiUnknown;
            if (reading.Connected && Uplink.StatesLoad)
            {
                reading.Utilization = (int)Math.Clamp(255 * (load + (0.02 * (_random.Next() - 0.5))), 1, 250);
                reading.Stations = Uplink.Stations;
            }

            desk.Window.Link.Add(reading, uptime + i);
        }
    }

    private void LookAtClients(WindowDesk desk, long uptime, Span time)
    {
        for (long second = time.From; second < time.To; second += LookSeconds)
        {
            if (AccessPoint != null)
            {
                int count = WriteStations(desk.Stations);
                desk.Window.Clients.Source = Ports.RadioSource.Native;
                desk.Window.Clients.Add(desk.Stations, count, uptime + second - time.From);
            }
            else if (Uplink.StatesLoad && _wasConnected)
            {
                // A companion: the clients are the gateway's, and it tells how many there are.
                desk.Window.Clients.Source = Ports.RadioSource.BssLoad;
                desk.Window.Clients.Count.Add(Uplink.Stations);
            }
        }
    }

    /// <summary>The records of its stations.</summary>
    /// <returns>How many they are.</returns>
    public int WriteStations(byte[] records)
    {
        int count = 0;
        foreach (Resident resident in _home.Connected)
        {
            if (resident.AccessPoint == AccessPoint && count < MostStations)
            {
                int at = count++ * Limits.StationRecordBytes;
                resident.Mac.CopyTo(records, at);
                records[at + Limits.AddressBytes] = (byte)ToDbm(resident.MeanRssi + resident.NextLook() + Jitter());
            }
        }

        return count;
    }

    private void Probe(Window window, Span time)
    {
        if (ConnectedShare == 0)
        {
            // No address, nobody to ask.
            return;
        }

        for (long second = time.From; second < time.To; second += Limits.ProbePeriodMs / 1000)
        {
            window.Gateway.Add(_random.Next() < ConnectedShare ? RoundTrip(second) : -1);
        }
    }
}
