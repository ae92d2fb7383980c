using GatewayAgent.Sampling;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>
/// What a node with the native radio hears: always on its own channel, but for the short visits of the firmware's survey. It hears frames that
/// arrive strong enough and without collision.
/// </summary>
internal sealed class NodeSurvey
{
    private const double BeaconSeconds = 0.1024;
    private const double WeakestBeaconDbm = -95, JitterDb = 2;
    private const double CollisionsAtFullLoad = 0.35; // as HomeAir
    private const double FreeLoad = 0.08, BusyLoad = 0.13; // around the hold-off, at 0.1
    private const int NeighbourFrameBytes = 1300, NeighbourRate = 4;
    private const double HeardOfHome = 0.7; // of the frames of the own home: senders stand everywhere in it
    private const double BadFrames = 0.004;

    // What arrives from one and two channels away.
    private static readonly double[] _leakDb = [0, 8, 20];

    // Where the survey goes: without 14, and on boards that can, 5 GHz.
    private const int Low = 13;

    private readonly Household _home;
    private readonly HouseNode _node;
    private readonly SeededRandom _random;
    private readonly float[] _rssi;
    private readonly bool[] _isCounted;
    private int _place;
    private double _visitsDue;

    public NodeSurvey(Household home, HouseNode node, SeededRandom random)
    {
        _home = home;
        _node = node;
        _random = random;
        _rssi = new float[1 + home.Plan.Script.Nodes.Count + home.Plan.Script.Neighbours.Count + 1];
        _isCounted = new bool[_rssi.Length];
        Array.Fill(_rssi, float.NaN);
    }

    public void Fill(WindowDesk desk, Span time, int connectedSeconds)
    {
        Array.Clear(_isCounted);
        int own = _home.Plan.Script.Channel;
        double load = _home.MeanOn(own, time);
        int visits = _node.Script.HasAccessPoint ? Visits(load, connectedSeconds) : 0; // a companion stays
        double away = visits * (Limits.DwellMs / 1000.0);
        uint broken = Hear(desk.Survey, own, time.To - time.From - away, time);
        foreach ((int channel, int times) in Round(own, visits))
        {
            broken += Hear(desk.Survey, channel, times * Limits.DwellMs / 1000.0, time);
        }

        desk.Survey.FcsErrors = broken;
        desk.Window.OffChannelMs += (uint)(visits * Limits.DwellMs);
        desk.Window.TakeChannels(desk.Survey);
        desk.Survey.TakeDiscards(desk.Window.Discards);
    }

    // Each four seconds while the own channel is free, each ten minutes while it is busy.
    private int Visits(double load, int connectedSeconds)
    {
        double free = Math.Clamp((BusyLoad - load) / (BusyLoad - FreeLoad), 0, 1);
        _visitsDue += connectedSeconds * ((free * 1000 / Limits.SurveyPeriodMs) + ((1 - free) * 1000 / Limits.BusyHoldOffMs));
        int visits = (int)_visitsDue;
        _visitsDue -= visits;
        return visits;
    }

    // One channel after the other, all but the own: where the last window ended, this one goes on.
    private IEnumerable<(int Channel, int Times)> Round(int own, int visits)
    {
        int places = _home.Plan.Is5Ghz ? Limits.Channels : Low;
        int others = places - (places > Low ? 2 : 1);
        for (int i = 0; i < Math.Min(visits, others); i++)
        {
            yield return (NextChannel(own, places), (visits / others) + (i < visits % others ? 1 : 0));
        }
    }

    private int NextChannel(int own, int places)
    {
        do
        {
            _place = (_place + 1) % places;
        }
        while (ChannelMap.ChannelAt(_place) == own || _place == Low);
        return ChannelMap.ChannelAt(_place);
    }

    // Returns the frames that broke.
    private uint Hear(SurveyRadio survey, int channel, double seconds, Span time)
    {
        double load = _home.MeanOn(channel, time);
        double bursts = _home.Bursts.MeanBroken(channel, time);
        double whole = (1 - (CollisionsAtFullLoad * load)) * (1 - bursts);
        survey.At(ChannelMap.IndexOf(channel)).DwellSeconds += seconds;
        double sent = 0;
        for (int i = 0; i < _home.AccessPoints.Count; i++)
        {
            AirSource source = _home.AccessPoints[i];
            int distance = Math.Abs(source.Channel - channel);
            if (source.IsUp && source != _node.AccessPoint && distance < (SpectrumLoad.IsLow(channel) ? _leakDb.Length : 1))
            {
                sent += Hear(ref survey.At(ChannelMap.IndexOf(source.Channel)), i, RssiOf(i) - _leakDb[distance], seconds, whole, time);
            }
        }

        return (uint)Number(sent * (BadFrames + (0.3 * CollisionsAtFullLoad * load * load) + (0.5 * bursts)));
    }

    // Returns the frames that arrived strong enough, whole or not.
    private double Hear(ref ChannelTally tally, int number, double rssi, double seconds, double whole, Span time)
    {
        if (rssi < WeakestBeaconDbm - (2 * JitterDb))
        {
            return 0;
        }

        AirSource source = _home.AccessPoints[number];
        double strength = rssi + _random.Between(-JitterDb, JitterDb);
        double clear = Math.Clamp((strength - WeakestBeaconDbm + JitterDb) / (2 * JitterDb), 0, 1);
        double sent = clear * seconds / BeaconSeconds;
        int beacons = Number(sent * whole);
        if (beacons > 0)
        {
            tally.AddBeacons(beacons, HouseNode.ToDbm(Math.Max(strength, WeakestBeaconDbm)), isFirst: !_isCounted[number]);
            _isCounted[number] = true;
            if (source.StatesLoad)
            {
                AddLoad(ref tally, source, beacons, time);
            }
        }

        return sent + HearData(ref tally, source, strength, seconds, whole);
    }

    private void AddLoad(ref ChannelTally tally, AirSource source, int elements, Span time)
    {
        double mean = _home.MeanOn(source.Channel, time), bursts = _home.Bursts.MeanShare(source.Channel, time);
        double peak = bursts > 0 ? Math.Max(mean, 0.8) : mean * 1.3;
        tally.AddLoad(elements, mean, Math.Max(0.01, (mean - bursts) * 0.75), Math.Min(SpectrumLoad.Most, peak), source.Stations);
    }

    private double HearData(ref ChannelTally tally, AirSource source, double rssi, double seconds, double whole)
    {
        var rate = new DataRate(NeighbourRate);
        if (source.Load == 0 || (!source.IsOfHome && rssi < rate.WeakestDbm))
        {
            return 0;
        }

        double share = Math.Min(source.Load, SpectrumLoad.Most) * (source.IsOfHome ? HeardOfHome : 1);
        double sent = share * seconds / rate.Seconds(NeighbourFrameBytes);
        int frames = Number(sent * whole);
        tally.AddData(frames, frames * rate.Seconds(NeighbourFrameBytes));
        return sent;
    }

    private double RssiOf(int source)
    {
        if (float.IsNaN(_rssi[source]))
        {
            _rssi[source] = (float)(_home.RssiAt(_node.Script.Place, _home.AccessPoints[source]) - _node.Plan.BehindDb);
        }

        return _rssi[source];
    }

    private int Number(double mean) => mean <= 0 ? 0 : _random.Poisson(mean);
}
