using GatewayAgent.Ports;
using GatewayAgent.VirtualDevice.Native;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>
/// What the radio of one node hears in its home: only what is sent on the channel it is tuned to, and near it, and what arrives strong
/// enough and without collision. Frames of one span are offered in the order of their time.
/// </summary>
internal sealed class HomeAir : IAir, IRadioScene
{
    private const long BeaconIntervalUs = 102_400;
    private const double WeakestBeaconDbm = -95, JitterDb = 2;
    private const double CollisionsAtFullLoad = 0.35;
    private const double ProbeResponsesPerSecond = 0.05;
    private const ushort Rate1Mbps = 10;

    // What arrives from one and two channels away.
    private static readonly double[] _leakDb = [0, 8, 20];

    private readonly Home _home;
    private readonly MeshNode _node;
    private readonly RadioCore _core;
    private readonly SeededRandom _random;
    private readonly List<Transmission> _heard = [];
    private readonly List<StationState> _stations = [];
    private long _listenedUs;
    private Dwell _dwell;

    public HomeAir(Home home, MeshNode node, RadioCore core)
    {
        _home = home;
        _node = node;
        _core = core;
        _random = new SeededRandom(((long)home.Script.Seed << 16) + node.Index);
    }

    public long EndMs => long.MaxValue;

    public uint Capabilities =>
        RadioCapabilities.Link | RadioCapabilities.Dwell | RadioCapabilities.Airtime | RadioCapabilities.BssLoad | RadioCapabilities.FreshStationRssi;

    public LinkState Link => new(
        _node.IsConnected,
        _node.IsConnected ? ToDbm(_node.UplinkRssi + Jitter()) : FrameInfo.RssiUnknown,
        (byte)_node.Parent.Channel,
        _node.Parent.Mac,
        _node.LastReason,
        _node.Disconnects,
        _node.ConnectedMs(_home.Second));

    public IReadOnlyList<StationState>? Stations
    {
        get
        {
            if (_node.AccessPoint == null)
            {
                return null;
            }

            _stations.Clear();
            foreach (Client client in _home.Clients)
            {
                if (client.AccessPoint == _node.AccessPoint)
                {
                    _stations.Add(new StationState(client.Mac, ToDbm(_home.Rssi(client, _node) + Jitter())));
                }
            }

            return _stations;
        }
    }

    public int BeginDwell(int channel, int milliseconds)
    {
        if (!_node.IsConnected)
        {
            return RadioStatus.NotConnected;
        }

        if (_listenedUs < _dwell.EndUs)
        {
            return RadioStatus.Busy;
        }

        _dwell = new Dwell(channel, _listenedUs + (milliseconds * 1000L));
        return 0;
    }

    public void AdvanceTo(long uptimeMs)
    {
        _home.AdvanceTo(uptimeMs / 1000);
        long untilUs = uptimeMs * 1000;
        if (_listenedUs < _dwell.EndUs)
        {
            Listen(_dwell.Channel, Math.Min(untilUs, _dwell.EndUs));
        }

        Listen(_node.Parent.Channel, untilUs);
    }

    private static sbyte ToDbm(double dbm) => (sbyte)Math.Clamp(Math.Round(dbm), -127, -1);

    private double Jitter() => JitterDb * (_random.Next() + _random.Next() - 1);

    private void Listen(int channel, long untilUs)
    {
        if (untilUs <= _listenedUs)
        {
            return;
        }

        _heard.Clear();
        HearAccessPoints(channel, untilUs);
        HearFlows(channel, untilUs);
        _heard.Sort();
        foreach (Transmission transmission in _heard)
        {
            Offer(transmission, channel);
        }

        _core.Dwell(channel, untilUs - _listenedUs);
        _listenedUs = untilUs;
    }

    private void HearAccessPoints(int channel, long untilUs)
    {
        for (int i = 0; i < _home.AccessPoints.Count; i++)
        {
            AccessPoint accessPoint = _home.AccessPoints[i];
            int distance = Math.Abs(accessPoint.Channel - channel);
            if (!accessPoint.IsUp || distance >= _leakDb.Length || accessPoint == _node.AccessPoint)
            {
                continue;
            }

            double rssi = _home.Rssi(accessPoint, _node) - _leakDb[distance];
            if (rssi >= WeakestBeaconDbm - JitterDb)
            {
                HearBeacons(i, rssi, channel, untilUs);
            }
        }
    }

    private void HearBeacons(int accessPoint, double rssi, int channel, long untilUs)
    {
        // Every access point has its own phase.
        long phase = accessPoint * 7_919L % BeaconIntervalUs;
        long first = _listenedUs - phase + BeaconIntervalUs - 1;
        for (long us = (first / BeaconIntervalUs * BeaconIntervalUs) + phase; us < untilUs; us += BeaconIntervalUs)
        {
            Receive(new Transmission(us, SentKind.Beacon, accessPoint, rssi), WeakestBeaconDbm, channel);
        }

        for (int n = _random.Poisson(ProbeResponsesPerSecond * (untilUs - _listenedUs) / 1e6); n > 0; n--)
        {
            Receive(new Transmission(AnyTime(untilUs), SentKind.ProbeResponse, accessPoint, rssi), WeakestBeaconDbm, channel);
        }
    }

    private void HearFlows(int channel, long untilUs)
    {
        for (int i = 0; i < _home.Flows.Count; i++)
        {
            Flow flow = _home.Flows[i];
            if (flow.Channel != channel || flow.From == _node || flow.From == _node.AccessPoint)
            {
                continue;
            }

            double rssi = _home.Rssi(flow.From, _node);
            if (rssi < flow.Rate.WeakestDbm - JitterDb)
            {
                continue;
            }

            for (int n = _random.Poisson(flow.FramesPerSecond * (untilUs - _listenedUs) / 1e6); n > 0; n--)
            {
                Receive(new Transmission(AnyTime(untilUs), SentKind.Data, i, rssi), flow.Rate.WeakestDbm, channel);
            }
        }
    }

    private long AnyTime(long untilUs) => _listenedUs + (long)((untilUs - _listenedUs) * _random.Next());

    private void Receive(in Transmission sent, double weakestDbm, int channel)
    {
        double rssi = sent.Rssi + Jitter();
        bool collides = _random.Next() < CollisionsAtFullLoad * _home.Utilization(channel);
        if (rssi >= weakestDbm && !collides)
        {
            _heard.Add(sent with { Rssi = rssi });
        }
    }

    private void Offer(in Transmission heard, int channel)
    {
        var info = new FrameInfo { TimestampUs = (ulong)heard.Us, Channel = (byte)channel, Band = Band.Band2G, Rssi = ToDbm(heard.Rssi) };
        if (heard.Kind == SentKind.Data)
        {
            OfferData(_home.Flows[heard.Source], ref info);
            return;
        }

        AccessPoint from = _home.AccessPoints[heard.Source];
        info.Phy = Phy.Dsss;
        info.Rate100Kbps = Rate1Mbps;
        _core.Frame(info, from.Frame.Next(heard.Kind == SentKind.Beacon, heard.Us, from.Stations, from.Utilization));
    }

    private void OfferData(in Flow flow, ref FrameInfo info)
    {
        flow.Rate.Describe(ref info);
        info.Flags = FrameFlags.Truncated;
        info.OnAirLength = (uint)flow.Bytes;
        Span<byte> header = stackalloc byte[Flow.HeaderBytes];
        flow.WriteHeader(header);
        _core.Frame(info, header);
    }

    private enum SentKind
    {
        Beacon,
        ProbeResponse,
        Data,
    }

    /// <summary>A visit to another channel.</summary>
    private readonly record struct Dwell(int Channel, long EndUs);

    /// <summary>A frame on the air; the source is the number of the access point, or of the flow.</summary>
    private readonly record struct Transmission(long Us, SentKind Kind, int Source, double Rssi) : IComparable<Transmission>
    {
        public int CompareTo(Transmission other) => (Us, Kind, Source).CompareTo((other.Us, other.Kind, other.Source));
    }
}
