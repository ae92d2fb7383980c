using GatewayAgent.Detection;
using GatewayAgent.Ports;
using GatewayAgent.Protocol;
using GatewayAgent.Reporting;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Bench.Detection;

/// <summary>The firmware's detection on one node, over its reboots: what is not on its flash is gone, and the time is unknown at first.</summary>
internal sealed class FirmwareNode : IClock
{
    private const int WindowsUntilTime = 1;

    private readonly HouseNode _house;
    private readonly SeededRandom _random;
    private readonly DetectionSettings _settings;
    private readonly bool _knowsTime;
    private readonly bool _rebootsDaily;
    private readonly byte[] _flash = new byte[SavedState.Bytes];
    private readonly byte[] _event = new byte[Limits.EventBytes];
    private readonly Window _window = new();
    private Deterioration _detection;
    private int _bootWindow;
    private int _offUntil;
    private bool _hasSaved;
    private uint _boots;
    private int _now;

    public FirmwareNode(HouseNode house, DetectionSettings settings, SeededRandom random)
    {
        _house = house;
        _settings = settings;
        _random = random;
        _knowsTime = random.Next() < 0.95;
        _rebootsDaily = random.Next() < 0.1;
        _detection = Boot(0);
    }

    public List<Told> Told { get; } = [];

    public uint Refused { get; private set; }

    public long UptimeMs => (_now - _bootWindow) * Calendar.WindowSeconds * 1000L;

    public uint UnixSeconds =>
        _knowsTime && _now - _bootWindow >= WindowsUntilTime ? (uint)(Calendar.Start + ((long)_now * Calendar.WindowSeconds)) : 0;

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

        _window.Restart(UptimeMs / 1000);
        _house.Fill(_window, UptimeMs / 1000);
        _now = window + 1;
        _detection.WindowClosed(_window, UptimeMs / 1000);
        Uplink();
        MayEnd(window);
    }

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

            Told.Add(new Told(_now, reading.Message));
            _detection.Events.Acknowledged();
        }
    }

    // Power cuts, crashes and updates; now and then somebody pulls the plug for hours.
    private void MayEnd(int window)
    {
        bool isTime = _rebootsDaily && window % Calendar.WindowsADay == 5 * Calendar.WindowsAnHour;
        bool isChance = _random.Next() < 1.0 / (15 * Calendar.WindowsADay);
        if (isTime || isChance)
        {
            double hoursOff = isChance && _random.Next() < 0.3 ? 20 * _random.Next() : 0;
            _offUntil = window + 1 + (int)(hoursOff * Calendar.WindowsAnHour);
            Refused += _detection.Refused;
        }
    }
}

/// <summary>An event and the window at whose end the broker had it.</summary>
internal sealed record Told(int Window, Event Event);
