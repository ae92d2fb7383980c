using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>
/// What happens to a path between two things that do not move: the simulator's own fading within a window, and what it does not know:
/// doors that stand open for hours, people at home in the way, things that are put elsewhere, and the seasons.
/// </summary>
internal sealed class RadioPath
{
    private const double DoorHours = 4;

    private readonly SeededRandom _random;
    private readonly Fading _fading;
    private readonly SlowNoise _hours;
    private readonly SlowNoise _weeks;
    private readonly double _doorDb;
    private readonly double _peopleDb;
    private readonly double _doorChance;
    private bool _isDoorShut;
    private double _slow;

    public RadioPath(SeededRandom random, HomeCalendar calendar, double secondsBetweenLooks)
    {
        _random = random;
        _fading = new Fading(1, random, secondsBetweenLooks);
        _hours = new SlowNoise(random, spread: 1.2, hours: 3, calendar.WindowSeconds);
        _weeks = new SlowNoise(random, spread: 0.8, hours: 14 * 24, calendar.WindowSeconds);
        _doorDb = random.Between(0, 4);
        _peopleDb = random.Between(0, 2.5);
        _doorChance = calendar.Chance(DoorHours);
    }

    /// <param name="awake">How much goes on in the home, 0–2.5.</param>
    public void NextWindow(double awake)
    {
        _isDoorShut ^= _random.Next() < awake * _doorChance;
        _slow = _hours.Next() + _weeks.Next() - (_isDoorShut ? _doorDb : 0) - (_peopleDb * Math.Min(1, awake));
    }

    /// <summary>dB at the next look, positive = stronger.</summary>
    public double NextLook()
    {
        _fading.Step();
        return _slow + _fading.Between(0, 0);
    }
}
