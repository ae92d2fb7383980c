using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Bench.Detection;

/// <summary>A device of the people who live there: at home or away by the time of day, somewhere else every hour or two.</summary>
internal sealed class Resident
{
    private readonly ClientScript _script;
    private readonly SeededRandom _random;
    private readonly Place[] _places;
    private readonly double _leaves, _returns;
    private readonly bool _isMobile;
    private bool _isOut;
    private HouseNode? _best;

    public Resident(ClientScript script, SeededRandom random)
    {
        _script = script;
        _random = random;
        _places = [.. script.Timetable.Where(stay => stay.Place != null).Select(stay => stay.Place!.Value)];
        _isMobile = script.Timetable.Count > 1;
        _leaves = random.Between(7, 9.5);
        _returns = random.Between(14, 18.5);
        Place = _places[0];
    }

    public Place Place { get; private set; }

    public bool IsHome { get; private set; } = true;

    /// <summary>Share of the window in which it is active.</summary>
    public double Active { get; private set; }

    public void Live(double hour, bool isWeekend, bool isAway, double awake)
    {
        if (hour == 0)
        {
            _isOut = _random.Next() < (isWeekend ? 0.3 : 0.8);
        }

        IsHome = !_isMobile || (!isAway && !(_isOut && hour >= _leaves && hour < _returns));
        if (_places.Length > 1 && _random.Next() < awake / (1.5 * Calendar.WindowsAnHour))
        {
            Place = _places[(int)(_random.Next() * _places.Length)];
            _best = null;
        }

        double share = Math.Min(0.95, _script.Traffic.ActiveShare * awake);
        Active = _random.Next() < share ? 1 : 0.5 * share;
    }

    /// <summary>The node that it hears best.</summary>
    public HouseNode BestNode(IReadOnlyList<HouseNode> nodes) =>
        _best ??= nodes.Where(node => node.HasAccessPoint).MaxBy(node => node.MeanRssiAt(Place))!;

    /// <summary>Share of the air time that it takes at a node on one hop.</summary>
    public double Share(HouseNode node)
    {
        Traffic traffic = _script.Traffic;
        double frames = traffic.IdleFramesPerSecond + (Active * (traffic.ActiveFramesPerSecond - traffic.IdleFramesPerSecond));
        return frames * DataRate.For(node.MeanRssiAt(Place)).Seconds(traffic.FrameBytes);
    }
}
