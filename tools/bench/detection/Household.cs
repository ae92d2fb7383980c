using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Bench.Detection;

/// <summary>
/// A home of the simulator (its floor plan, path loss, data rates and overlap of channels), lived at the pace of windows: who is where, how
/// busy the channel is. No two homes are the same: places, neighbours and habits come from the seed.
/// </summary>
internal sealed class Household
{
    private const double HolidayShare = 1.0 / 45; // chance of a day to begin one
    private readonly HomeScript _script;
    private readonly SeededRandom _random;
    private readonly ChannelLoad _load = new();
    private readonly List<Neighbour> _neighbours = [];
    private readonly SlowNoise _use;
    private readonly Trouble? _trouble;
    private readonly Neighbour _newcomer;
    private readonly bool _rebootsGateway;
    private int _awayUntil;

    public Household(int seed, Trouble? trouble, int target)
    {
        _random = new SeededRandom(seed * 7919L);
        _trouble = trouble;
        _script = Vary(HomeScripts.Demo(seed));
        _use = new SlowNoise(_random, spread: 0.25, hours: 30);
        _rebootsGateway = _random.Next() < 0.2;
        foreach (NeighbourScript neighbour in _script.Neighbours)
        {
            _neighbours.Add(new Neighbour(_random, neighbour.Channel, neighbour.Load));
        }

        _newcomer = new Neighbour(_random, _script.Channel, trouble?.NeighbourLoad ?? 0);
        Residents = [.. _script.Clients.Select(client => new Resident(client, _random))];
        Nodes = [.. _script.Nodes.Select((_, index) => new HouseNode(this, index, _random, index == target ? trouble : null))];
    }

    public HomeScript Script => _script;

    public IReadOnlyList<Resident> Residents { get; }

    public IReadOnlyList<HouseNode> Nodes { get; }

    /// <summary>How much goes on in the home, 0–2.5.</summary>
    public double Awake { get; private set; }

    /// <summary>Share of the own channel's air time that is used, mean of the window.</summary>
    public double Utilization => _load.On(_script.Channel);

    /// <summary>Share of the window for which the gateway is off.</summary>
    public double GatewayOffShare { get; private set; }

    public void Live(int window)
    {
        double hour = Calendar.HourOfDay(window);
        bool isWeekend = Calendar.IsWeekend(window);
        double usual = Calendar.Activity(hour, isWeekend);
        if (window % Calendar.WindowsADay == 0 && _random.Next() < HolidayShare && window >= _awayUntil)
        {
            _awayUntil = window + ((2 + (int)(_random.Next() * 12)) * Calendar.WindowsADay);
        }

        bool isAway = window < _awayUntil;
        Awake = isAway ? 0 : usual * Math.Exp(_use.Next());
        bool nightly = _rebootsGateway && window % (7 * Calendar.WindowsADay) == 4 * Calendar.WindowsAnHour;
        GatewayOffShare = nightly || _random.Next() < 1.0 / (40 * Calendar.WindowsADay) ? 0.4 : 0;
        foreach (Resident resident in Residents)
        {
            resident.Live(hour, isWeekend, isAway, Awake);
        }

        foreach (HouseNode node in Nodes)
        {
            node.NextWindow(window);
        }

        MeasureLoad(window, usual);
    }

    private void MeasureLoad(int window, double usual)
    {
        _load.Clear();
        foreach (Neighbour neighbour in _neighbours)
        {
            _load.Add(neighbour.Channel, neighbour.Load(usual));
        }

        if (_trouble is { NeighbourLoad: > 0 })
        {
            _load.Add(_newcomer.Channel, _newcomer.Load(usual) * _trouble.SizeAt(window));
        }

        foreach (HouseNode node in Nodes)
        {
            foreach (Resident resident in node.Clients)
            {
                _load.Add(_script.Channel, resident.Share(node) * (1 + node.Hops));
            }
        }

        bool isCooking = Awake > 0.3 && _random.Next() < Awake / 60;
        if (isCooking)
        {
            _load.AddMicrowave();
        }
    }

    private HomeScript Vary(HomeScript script) => script with
    {
        Channel = _random.Next() < 0.33 ? 1 : _random.Next() < 0.5 ? 6 : 11,
        Gateway = Near(script.Gateway),
        Nodes = [.. script.Nodes.Select(node => node with { Place = Near(node.Place) })],
        Clients = [.. script.Clients.Where(_ => _random.Next() < 0.85)],
        Neighbours = [.. script.Neighbours.Select(neighbour => neighbour with { Load = neighbour.Load * _random.Between(0.4, 1.8) })],
    };

    private Place Near(Place place) => place with { X = place.X + _random.Between(-1.5, 1.5), Y = place.Y + _random.Between(-1.5, 1.5) };

    /// <summary>A neighbour's network: its load follows the day, the mood of the day and the hour.</summary>
    private sealed class Neighbour(SeededRandom random, int channel, double mean)
    {
        private readonly SlowNoise _day = new(random, spread: 0.35, hours: 20);
        private readonly SlowNoise _hour = new(random, spread: 0.5, hours: 1);

        public int Channel => channel;

        public double Load(double usual) => mean * (0.3 + (0.7 * usual)) * Math.Exp(_day.Next() + _hour.Next() - 0.18);
    }
}
