using GatewayAgent.Ports;
using GatewayAgent.Privacy;
using GatewayAgent.Reporting;

namespace GatewayAgent.Detection;

/// <summary>
/// Notices when the home gets worse. The sampling thread gives it each window that ends; the uplink's thread takes the events, and
/// saves what was learned, which takes weeks to learn and a reboot to forget. Allocates nothing after its construction.
/// </summary>
public sealed class Deterioration
{
    private readonly object _gate = new object();
    private readonly IClock _clock;
    private readonly HourValues _hour = new HourValues();
    private readonly ChangeDetector _detector = new ChangeDetector();
    private AddressHash _addresses;
    private int _metrics;
    private long _hourEnd;
    private int _hoursUnsaved;
    private bool _isChanged;
    private uint _savedAt;
    private int _loadedAt;

    /// <param name="clock">Gives the uptime.</param>
    /// <param name="bootId">As in the reports.</param>
    /// <param name="settings">Valid ones.</param>
    public Deterioration(IClock clock, uint bootId, DetectionSettings settings)
    {
        _clock = clock;
        _hourEnd = (clock.UptimeMs / 1000) + Limits.DetectionHourSeconds;
        Events = new EventQueue(clock, bootId, settings.EventsPerHour);
        Apply(settings);
    }

    /// <summary>What is to be told.</summary>
    public EventQueue Events { get; }

    /// <summary>Values since boot that cannot be and were not used.</summary>
    public uint Refused => _hour.Refused;

    /// <summary>
    /// Something is worth saving: soon after an alarm changed or was told, otherwise after a few hours of learning.
    /// </summary>
    public bool IsDirty
    {
        get
        {
            lock (_gate)
            {
                _isChanged |= Events.TakeToldChanged();
                return _isChanged || _hoursUnsaved >= Limits.DetectionSaveHours;
            }
        }
    }

    /// <summary>Takes settings over; what is no longer watched ends without a word.</summary>
    public void Apply(DetectionSettings settings)
    {
        lock (_gate)
        {
            _metrics = settings.Enabled ? settings.Metrics : 0;
            _detector.Apply(settings);
            Events.Apply(settings.EventsPerHour);
            for (int metric = 1; metric <= Metric.Count; metric++)
            {
                if (!IsWatched(metric))
                {
                    _detector.Silence(metric);
                    Events.Drop(metric);
                }
            }
        }
    }

    /// <summary>Names stations by these hashes from now on; null: not at all.</summary>
    public void Use(AddressHash addresses)
    {
        lock (_gate)
        {
            _addresses = addresses;
        }
    }

    /// <summary>A window has ended and holds all that was measured in it.</summary>
    /// <param name="window">Not changed.</param>
    /// <param name="endSeconds">Uptime, whole seconds.</param>
    public void WindowClosed(Window window, long endSeconds)
    {
        lock (_gate)
        {
            long seconds = endSeconds - window.StartSeconds;
            _hour.Add(window, seconds < Limits.WindowMaxSeconds ? (int)seconds : Limits.WindowMaxSeconds);
            if (endSeconds < _hourEnd)
            {
                return;
            }

            _hourEnd = endSeconds + Limits.DetectionHourSeconds;
            _hoursUnsaved++;
            DateBeforeBoot();
            for (int metric = 1; metric <= Metric.Count; metric++)
            {
                Judge(metric, _hour.Take(metric), (int)endSeconds, window);
            }
        }
    }

    /// <summary>Writes what was learned, and which alarms are not told yet; nothing is dirty then.</summary>
    /// <param name="buffer">At least <see cref="SavedState.Bytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public int Save(byte[] buffer)
    {
        lock (_gate)
        {
            Events.TakeToldChanged();
            _isChanged = false;
            _hoursUnsaved = 0;
            SavedState.Write(buffer, _detector, Events.Waiting, (int)(_clock.UptimeMs / 1000), _clock.UnixSeconds);
            return SavedState.Bytes;
        }
    }

    /// <summary>What <see cref="Save"/> wrote could not be kept: it is dirty still.</summary>
    public void SaveFailed()
    {
        lock (_gate)
        {
            _isChanged = true;
        }
    }

    /// <summary>Goes on from what an earlier boot has saved, and tells again what it could not. Before the first window.</summary>
    /// <returns>False when it is not whole or of another version: learning begins anew.</returns>
    public bool Load(byte[] buffer, int length)
    {
        lock (_gate)
        {
            if (!SavedState.IsSound(buffer, length))
            {
                return false;
            }

            _loadedAt = (int)(_clock.UptimeMs / 1000);
            int waiting = SavedState.Read(buffer, _detector, _loadedAt, out _savedAt);
            for (int metric = 1; metric <= Metric.Count; metric++)
            {
                if ((waiting & (1 << metric)) != 0 && IsWatched(metric))
                {
                    Events.Add(_detector, metric, !_detector.IsAlarmed(metric), _loadedAt, AddressHash.None);
                }
            }

            return true;
        }
    }

    // How long the node was off, and how much of the last boot was not saved, shows when the wall-clock time is known.
    private void DateBeforeBoot()
    {
        uint bootTime = BootTime.Of(_clock);
        if (_savedAt == 0 || bootTime == 0)
        {
            return;
        }

        long unseen = (long)bootTime + _loadedAt - _savedAt;
        _savedAt = 0;
        if (unseen > 0 && unseen <= Limits.UnseenSecondsMax)
        {
            _detector.ShiftBefore(_loadedAt, (int)unseen);
            Events.ShiftBefore(_loadedAt, (int)unseen);
        }
    }

    private void Judge(int metric, int value, int now, Window window)
    {
        if (value == HourValues.None || !IsWatched(metric))
        {
            return;
        }

        Change change = _detector.Step(metric, value, now);
        if (change != Change.None)
        {
            _isChanged = true;
            Events.Add(_detector, metric, change == Change.Recovered, now, HashOfWeakest(window));
        }
    }

    private uint HashOfWeakest(Window window) =>
        _addresses == null || !window.Clients.HasWeakest ? AddressHash.None : _addresses.OfAddress(window.Clients.Weakest, 0);

    private bool IsWatched(int metric) => (_metrics & (1 << metric)) != 0;
}
