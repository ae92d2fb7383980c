using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>
/// A home of the simulator (its floor plan, path loss, data rates and overlap of channels), lived at the pace of windows: who is where, how
/// busy the channel is, what is switched off. No two homes are the same: places, neighbours and habits come from the seed.
/// </summary>
internal sealed class Household
{
    private const double HolidayDays = 45; // between two beginnings of one
    private const double PowerDbm = 18, ClientPowerDbm = 14;
    private const double Band5Db = 6; // what 5 GHz loses more, antennas and allowed power counted in
    private const double SensedDbm = -82; // from here on a sender counts as on the air
    private const double BeaconShare = 0.013; // the simulator's beacons, at 1 Mb/s ten times a second
    private const int GatewayRestartSeconds = 120;
    private const double GatewayRestartDays = 40, WanBlipDays = 12;

    private readonly SeededRandom _random;
    private readonly SpectrumLoad _load = new();
    private readonly List<Neighbour> _neighbours = [];
    private readonly List<AirSource> _sources = [];
    private readonly List<Resident> _guests = [];
    private readonly SlowNoise _use;
    private readonly SlowNoise _broadband;
    private int _awayUntil;
    private Span _wanBlip;

    public Household(HomePlan plan, HomeCalendar calendar, Trouble trouble)
    {
        Plan = plan;
        Calendar = calendar;
        Trouble = trouble;
        _random = new SeededRandom(plan.Script.Seed * 7919L);
        Bursts = new Bursts(_random, calendar, trouble);
        _use = new SlowNoise(_random, spread: 0.25, hours: 30, calendar.WindowSeconds);
        _broadband = new SlowNoise(_random, spread: 0.3, hours: 8, calendar.WindowSeconds);
        HomeScript script = plan.Script;
        Gateway = new AirSource(script.Gateway, script.Channel, plan.GatewayStatesLoad, isOfHome: true) { Mac = [0x02, 0x1A, 0xF0, 1, 0, 0] };
        _sources.Add(Gateway);
        var nodes = new List<HouseNode>();
        foreach (MeshNodeScript node in script.Nodes)
        {
            nodes.Add(new HouseNode(this, nodes, nodes.Count, _random));
        }

        Nodes = nodes;
        _sources.AddRange(nodes.Where(node => node.AccessPoint != null).Select(node => node.AccessPoint!));
        HomeAccessPoints = [.. _sources];
        foreach (NeighbourScript neighbour in script.Neighbours)
        {
            AddNeighbour(neighbour, comesWith: null);
        }

        if (trouble.Newcomer is { } newcomer)
        {
            AddNeighbour(newcomer, trouble);
        }

        Residents = [.. script.Clients.Select(client => new Resident(client, _random, calendar))];
        AirSource crowded = trouble.Node < 0 ? Gateway : nodes[trouble.Node].AccessPoint ?? Gateway;
        _guests.AddRange(trouble.Guests.Select(guest => new Resident(guest, _random, calendar, crowded)));
    }

    public HomePlan Plan { get; }

    public HomeCalendar Calendar { get; }

    public Trouble Trouble { get; }

    public Bursts Bursts { get; }

    public AirSource Gateway { get; }

    public IReadOnlyList<AirSource> HomeAccessPoints { get; }

    /// <summary>Everybody's.</summary>
    public IReadOnlyList<AirSource> AccessPoints => _sources;

    public IReadOnlyList<Resident> Residents { get; }

    public IReadOnlyList<HouseNode> Nodes { get; }

    /// <summary>Devices connected in this window.</summary>
    public List<Resident> Connected { get; } = [];

    /// <summary>How much those who live there do, 0–2.5: nothing when they are away for days.</summary>
    public double Awake { get; private set; }

    /// <summary>The same of those who are there whether or not the others are away.</summary>
    public double Lively { get; private set; }

    /// <summary>When everything in the home has no power; the one of this window or the last before it.</summary>
    public Span PowerCut { get; private set; }

    /// <summary>When the gateway is off; as above.</summary>
    public Span GatewayOff { get; private set; }

    /// <summary>Round trip between the gateway and the broker, ms.</summary>
    public double BroadbandMs { get; private set; }

    public void Live(int window)
    {
        bool isWeekend = Calendar.IsWeekend(window);
        double usual = HomeCalendar.Activity(Calendar.HourOfDay(window), isWeekend);
        if (Calendar.Reaches(window, 0) && _random.Next() < 1 / HolidayDays && window >= _awayUntil)
        {
            _awayUntil = window + (int)((2 + (_random.Next() * 12)) / Calendar.Chance(24));
        }

        bool isAway = window < _awayUntil;
        Lively = usual * Math.Exp(isAway ? 0 : _use.Next());
        Awake = isAway ? 0 : Lively;
        BroadbandMs = Plan.BroadbandMs * Math.Exp(_broadband.Next());
        Switch(window);
        Bursts.Live(window, Awake);
        LiveResidents(window, isAway);
        foreach (HouseNode node in Nodes)
        {
            node.NextWindow(window);
        }

        MeasureLoad(window, usual);
    }

    public bool IsGatewayUp(long second) => !GatewayOff.Holds(second) && !PowerCut.Holds(second);

    /// <summary>The way from the gateway to the operator works.</summary>
    public bool IsWanUp(long second)
    {
        if (_wanBlip.Holds(second) || !IsGatewayUp(second))
        {
            return false;
        }

        foreach (Span outage in Trouble.WanOutages)
        {
            if (outage.Holds(second))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Share of a channel's air time that is used, mean of the window.</summary>
    public double MeanOn(int channel, Span window) =>
        Math.Min(SpectrumLoad.Most, _load.On(channel) + Bursts.MeanShare(channel, window));

    /// <summary>Share of the own channel's air time that is used at a moment.</summary>
    public double UtilizationAt(long second)
    {
        int channel = Plan.Script.Channel;
        double wifi = _load.On(channel) * Math.Exp(0.12 * _random.Gaussian());
        return Math.Min(SpectrumLoad.Most, wifi + Bursts.ShareAt(channel, second));
    }

    /// <summary>Mean dBm of an access point at a place, without fading.</summary>
    public double RssiAt(Place place, AirSource from) => PowerDbm - LossDb(place, from);

    /// <summary>Mean dBm of a client at an access point, without fading.</summary>
    public double ClientRssi(Place client, AirSource at) => ClientPowerDbm - LossDb(client, at);

    /// <summary>The home's access point that is heard best.</summary>
    public AirSource BestFor(Place place) => HomeAccessPoints.MaxBy(source => ClientRssi(place, source))!;

    /// <summary>The one that is heard best of those that are on and have room; null when there is none.</summary>
    public AirSource? BestWithRoomFor(Place place) =>
        HomeAccessPoints.Where(source => source.IsUp && source.HasRoom).MaxBy(source => ClientRssi(place, source));

    private double LossDb(Place place, AirSource source) =>
        Plan.Script.Plan.PathLossDb(place, source.Place) + source.BehindDb + (SpectrumLoad.IsLow(source.Channel) ? 0 : Band5Db);

    private void AddNeighbour(NeighbourScript script, Trouble? comesWith)
    {
        var source = new AirSource(script.Place, script.Channel, script.StatesLoad, isOfHome: false);
        _sources.Add(source);
        _neighbours.Add(new Neighbour(_random, Calendar, source, script.Load, comesWith));
    }

    private void Switch(int window)
    {
        long start = Calendar.At(window);
        if (_random.Next() < Calendar.Chance(24 * Plan.DaysBetweenPowerCuts))
        {
            double seconds = _random.Next() < 0.6 ? _random.Between(2, 300) : _random.Between(300, 3 * HomeCalendar.HourSeconds);
            PowerCut = After(start, seconds);
        }

        bool weekly = Plan.RebootsGateway && Calendar.IsMonday(window) && Calendar.Reaches(window, 4);
        if (weekly || _random.Next() < Calendar.Chance(24 * GatewayRestartDays))
        {
            GatewayOff = After(start, GatewayRestartSeconds);
        }

        if (_random.Next() < Calendar.Chance(24 * WanBlipDays))
        {
            _wanBlip = After(start, _random.Between(20, 400));
        }

        Gateway.IsUp = IsGatewayUp(start + (Calendar.WindowSeconds / 2));
    }

    private Span After(long start, double seconds)
    {
        long from = start + (long)(_random.Next() * Calendar.WindowSeconds);
        return new Span(from, from + Math.Max(1, (long)seconds));
    }

    private void LiveResidents(int window, bool isAway)
    {
        Connected.Clear();
        foreach (AirSource source in HomeAccessPoints)
        {
            source.Stations = 0;
        }

        int guests = (int)Math.Round(_guests.Count * Trouble.SizeAt(Calendar.At(window)));
        for (int i = 0; i < guests; i++)
        {
            Live(_guests[i], window, isAway: false);
        }

        foreach (Resident resident in Residents)
        {
            Live(resident, window, isAway);
        }
    }

    private void Live(Resident resident, int window, bool isAway)
    {
        resident.Live(this, window, isAway);
        if (resident.AccessPoint != null)
        {
            Connected.Add(resident);
        }
    }

    private void MeasureLoad(int window, double usual)
    {
        _load.Clear();
        foreach (Neighbour neighbour in _neighbours)
        {
            neighbour.Live(usual, Calendar.At(window));
            _load.Add(neighbour.Source.Channel, neighbour.Source.Load);
        }

        foreach (AirSource source in HomeAccessPoints)
        {
            source.Load = 0;
        }

        foreach (AirSource source in _sources)
        {
            source.IsSensed ??= RssiAt(Plan.Script.Gateway, source) >= SensedDbm;
            if (source.IsUp && source.IsSensed.Value)
            {
                _load.Add(source.Channel, BeaconShare);
            }
        }

        foreach (Resident resident in Connected)
        {
            AddFlows(resident);
        }
    }

    // A frame is on the air once for each hop.
    private void AddFlows(Resident resident)
    {
        AirSource at = resident.AccessPoint!;
        double share = resident.Frames * DataRate.For(resident.MeanRssi).Seconds(resident.FrameBytes);
        at.Load += share;
        _load.Add(at.Channel, share);
        for (HouseNode? node = Nodes.FirstOrDefault(node => node.AccessPoint == at); node != null; node = node.Parent)
        {
            double relayed = resident.Frames * DataRate.For(node.MeanUplinkRssi).Seconds(resident.FrameBytes);
            node.Uplink.Load += relayed;
            _load.Add(at.Channel, relayed);
        }
    }

    /// <summary>A neighbour's network: its load follows the day, the mood of the day and the hour.</summary>
    private sealed class Neighbour(SeededRandom random, HomeCalendar calendar, AirSource source, double mean, Trouble? comesWith)
    {
        private readonly SlowNoise _day = new(random, spread: 0.35, hours: 20, calendar.WindowSeconds);
        private readonly SlowNoise _hour = new(random, spread: 0.5, hours: 1, calendar.WindowSeconds);

        public AirSource Source => source;

        public void Live(double usual, long now)
        {
            double noise = Math.Exp(_day.Next() + _hour.Next() - 0.18);
            double size = comesWith?.SizeAt(now) ?? 1;
            source.IsUp = size > 0;
            source.Load = size * mean * (0.3 + (0.7 * usual)) * noise;
            source.Stations = source.IsUp ? 1 + (int)(mean * 20) : 0;
        }
    }
}
