using GatewayAgent.Detection;
using GatewayAgent.Ports;
using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Fleet;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Bench.Detection;

/// <summary>The firmware's detection on one node, over its reboots: what is not on its flash is gone, and the time is unknown at first.</summary>
internal sealed class FirmwareNode : IClock
{
    private const int WindowsUntilTime = 1;
    private const int NightlyHour = 5;
    private const double DaysBetweenEnds = 15;

    private readonly HouseNode _house;
    private readonly WindowDesk _desk;
    private readonly SeededRandom _random;
    private readonly DetectionSettings _settings;
    private readonly bool _knowsTime;
    private readonly bool _rebootsDaily;
    private readonly byte[] _flash = new byte[SavedState.Bytes];
    private readonly byte[] _event = new byte[Limits.EventBytes];
    private Deterioration _detection;
    private int _bootWindow;
    private int _offUntil;
    private bool _hasSaved;
    private uint _boots;
    private int _now;

    public FirmwareNode(HouseNode house, WindowDesk desk, DetectionSettings settings, SeededRandom random)
    {
        _house = house;
        _desk = desk;
        _settings = settings;
        _random = random;
        _knowsTime = random.Next() < 0.95;
        _rebootsDaily = random.Next() < 0.1;
        _detection = Boot(0);
    }

    public List<Told> Told { get; } = [];

    public uint Refused { get; private set; }

    public long UptimeMs => (DemoHome.Calendar.At(_now) - DemoHome.Calendar.At(_bootWindow)) * 1000;

    public uint UnixSeconds => _knowsTime && _now - _bootWindow >= WindowsUntilTime ? (uint)DemoHome.Calendar.At(_now) : 0;

    /// <summary>Lives through one window.</summary>
    public void Live(int window)
    {
        _now = window;
        if (window < _offUntil)
        {
            return;
        }

        if (window == _offUntil && window > 0)
        {
            _detection = Boot(window);
        }

        _desk.Window.Restart(UptimeMs / 1000);
        _house.Fill(_desk, UptimeMs / 1000, new Span(DemoHome.Calendar.At(window), DemoHome.Calendar.At(window + 1)));
        MeasureBroker();
        _now = window + 1;
        _detection.WindowClosed(_desk.Window, UptimeMs / 1000);
        Uplink();
        MayEnd(window);
    }

    // A report a window.
    private void MeasureBroker() => _desk.Window.Broker.Add(_house.BrokerRoundTrip(DemoHome.Calendar.At(_now)));

    private Deterioration Boot(int window)
    {
        _bootWindow = window;
        _now = window;
        _boots++;
        var detection = new Deterioration(this, _boots, _settings);
        if (_hasSaved && !detection.Load(_flash, SavedState.Bytes))
        {
            throw new InvalidOperationException("what was saved cannot be loaded");
        }

        return detection;
    }

    private void Uplink()
    {
        if (_detection.IsDirty)
        {
            _hasSaved = _detection.Save(_flash) == SavedState.Bytes;
        }

        for (int length = _detection.Events.CopyNext(_event); length > 0; length = _detection.Events.CopyNext(_event))
        {
            Reading<Event> reading = PayloadReader.ReadEvent(_event.AsSpan(0, length));
            if (reading.Message == null || reading.Problems.Count > 0)
            {
                throw new InvalidOperationException($"an event cannot be read: {string.Join(", ", reading.Problems)}");
            }

            Told.Add(new Told(DemoHome.Calendar.At(_now), reading.Message));
            _detection.Events.Acknowledged();
        }
    }

    // Power cuts, crashes and updates; now and then somebody pulls the plug for hours.
    private void MayEnd(int window)
    {
        bool isTime = _rebootsDaily && DemoHome.Calendar.Reaches(window, NightlyHour);
        bool isChance = _random.Next() < DemoHome.Calendar.Chance(DaysBetweenEnds * 24);
        if (isTime || isChance)
        {
            double hoursOff = isChance && _random.Next() < 0.3 ? 20 * _random.Next() : 0;
            _offUntil = window + 1 + (int)(hoursOff * DemoHome.WindowsAnHour);
            Refused += _detection.Refused;
        }
    }
}

/// <summary>An event.</summary>
/// <param name="At">When the broker had it, Unix seconds.</param>
internal sealed record Told(long At, Event Event);
