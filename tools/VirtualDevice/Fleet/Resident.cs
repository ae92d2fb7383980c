using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>A device of the people who live there: at home or away by the time of day, somewhere else every hour or two.</summary>
internal sealed class Resident
{
    private const double SecondsBetweenCounts = 10, HoursAtAPlace = 1.5;

    private readonly ClientScript _script;
    private readonly SeededRandom _random;
    private readonly Place[] _places;
    private readonly double _leaves, _returns;
    private readonly bool _isMobile;
    private readonly RadioPath _path;
    private readonly AirSource? _pinnedTo;
    private bool _isOut;
    private AirSource? _best;

    /// <param name="pinnedTo">The access point that it is always at; null = the best.</param>
    public Resident(ClientScript script, SeededRandom random, HomeCalendar calendar, AirSource? pinnedTo = null)
    {
        _script = script;
        _random = random;
        _places = [.. script.Timetable.Where(stay => stay.Place != null).Select(stay => stay.Place!.Value)];
        _isMobile = script.Timetable.Count > 1;
        _leaves = random.Between(7, 9.5);
        _returns = random.Between(14, 18.5);
        _path = new RadioPath(random, calendar, SecondsBetweenCounts);
        _pinnedTo = pinnedTo;
        Place = _places[0];
        long mac = random.Bits() & 0xFFFF_FFFF;
        Mac = [0x02, 0x1B, (byte)(mac >> 24), (byte)(mac >> 16), (byte)(mac >> 8), (byte)mac];
    }

    public byte[] Mac { get; }

    public Place Place { get; private set; }

    public bool IsHome { get; private set; } = true;

    /// <summary>Share of the window in which it is active.</summary>
    public double Active { get; private set; }

    /// <summary>Where it is connected; null = nowhere.</summary>
    public AirSource? AccessPoint { get; private set; }

    /// <summary>dBm at the access point and here, without fading; of use only when connected.</summary>
    public double MeanRssi { get; private set; }

    public void Live(Household home, int window, bool isAway)
    {
        HomeCalendar calendar = home.Calendar;
        double hour = calendar.HourOfDay(window);
        if (calendar.Reaches(window, 0))
        {
            _isOut = _random.Next() < (calendar.IsWeekend(window) ? 0.3 : 0.8);
        }

        IsHome = !_isMobile || (!isAway && !(_isOut && hour >= _leaves && hour < _returns));
        if (_places.Length > 1 && _random.Next() < home.Awake * calendar.Chance(HoursAtAPlace))
        {
            Place = _places[(int)(_random.Next() * _places.Length)];
            _best = null;
        }

        double share = Math.Min(0.95, _script.Traffic.ActiveShare * (_pinnedTo != null ? home.Lively : home.Awake));
        Active = _random.Next() < share ? 1 : 0.5 * share;
        _path.NextWindow(home.Awake);
        Connect(home);
    }

    /// <summary>dB at the next count, positive = stronger.</summary>
    public double NextLook() => _path.NextLook();

    /// <summary>Frames a second, in both directions together.</summary>
    public double Frames => _script.Traffic.IdleFramesPerSecond + (Active * (_script.Traffic.ActiveFramesPerSecond - _script.Traffic.IdleFramesPerSecond));

    public int FrameBytes => _script.Traffic.FrameBytes;

    // The access point that it hears best and that takes it: a soft AP that is full takes nobody.
    private void Connect(Household home)
    {
        AccessPoint = null;
        if (!IsHome)
        {
            return;
        }

        _best ??= _pinnedTo ?? home.BestFor(Place);
        AirSource at = _best.IsUp && _best.HasRoom ? _best : home.BestWithRoomFor(Place) ?? _best;
        if (at.IsUp && at.HasRoom)
        {
            at.Stations++;
            AccessPoint = at;
            MeanRssi = home.ClientRssi(Place, at);
        }
    }
}
