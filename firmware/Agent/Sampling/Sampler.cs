using GatewayAgent.Control;
using GatewayAgent.Detection;
using GatewayAgent.Indication;
using GatewayAgent.Ports;
using GatewayAgent.Privacy;
using GatewayAgent.Reporting;
using GatewayAgent.Survival;
using GatewayAgent.Uplink;

namespace GatewayAgent.Sampling;

/// <summary>
/// The tight loop: once a second it reads what is due into the window, and when the window ends it encodes it into the outbox.
/// Allocates nothing after its construction, and waits for nobody but the short locks of <see cref="Outbox"/> and
/// <see cref="RoundTrips"/>. Runs on one thread.
/// </summary>
public sealed class Sampler
{
    private readonly IRadio _radio;
    private readonly IHealth _health;
    private readonly IClock _clock;
    private readonly Outbox _outbox;
    private readonly RoundTrips _roundTrips;
    private readonly SentBytes _sent;
    private readonly Requests _requests;
    private readonly Deterioration _detection;
    private readonly NodeStatus _status;
    private readonly Supervision _supervision;
    private readonly SurveySchedule _survey;
    private readonly ServingAp _servingAp = new ServingAp();
    private readonly Period _ticks;
    private readonly Period _stationPeriod;
    private readonly Period _healthPeriod;

    private readonly Window _window = new Window();
    private readonly LinkReading _link = new LinkReading();
    private readonly byte[] _stations = new byte[Limits.Stations * Limits.StationRecordBytes];
    private readonly ReportHeader _header = new ReportHeader();
    private readonly ReportWriter _writer = new ReportWriter();
    private Role _role;
    private int _windowSeconds;
    private long _windowEnd;
    private bool _isClosing;
    private uint _untaken;

    /// <param name="parts">The node's ports and boot.</param>
    /// <param name="settings">How to sample.</param>
    /// <param name="firstWindowSeconds">Length of the first window, by which nodes that start together drift apart.</param>
    /// <param name="outbox">Takes the reports.</param>
    /// <param name="roundTrips">Gives the round trips that other threads measured.</param>
    /// <param name="sent">Gives the bytes that the uplink sent.</param>
    /// <param name="requests">Gives what others want of it.</param>
    /// <param name="detection">Looks at each window that closes.</param>
    public Sampler(
        NodeParts parts,
        AgentSettings settings,
        int firstWindowSeconds,
        Outbox outbox,
        RoundTrips roundTrips,
        SentBytes sent,
        Requests requests,
        Deterioration detection)
    {
        _radio = parts.Radio;
        _health = parts.Health;
        _clock = parts.Clock;
        _outbox = outbox;
        _roundTrips = roundTrips;
        _sent = sent;
        _requests = requests;
        _detection = detection;
        _status = parts.Status;
        _supervision = parts.Supervision;
        _header.BootId = parts.BootId;
        ResetCause = parts.Health.ResetCause;
        if (parts.Boot != null)
        {
            _header.Losses.Restarts = parts.Boot.Restarts;
            _header.Losses.RestartSeconds = parts.Boot.RestartSeconds;
        }

        long start = parts.Clock.UptimeMs / 1000;
        long now = start * 1000;
        _window.Restart(start);
        _survey = new SurveySchedule(parts.Radio, settings, now);
        _ticks = new Period(Limits.SamplePeriodMs, now);
        _stationPeriod = new Period(Limits.StationPeriodMs, now);
        _healthPeriod = new Period(Limits.HealthPeriodMs, now);
        Use(settings, AddressHash.OfNetwork(settings), now);
        _windowEnd = start + firstWindowSeconds;
    }

    /// <summary><c>ResetCause</c> of agent.proto, read once: only this thread asks the radio.</summary>
    public int ResetCause { get; }

    /// <summary>Sequence of the newest report closed in this boot; 0 = none.</summary>
    public uint Sequence => _header.Sequence;

    /// <summary>Takes the samples that are due.</summary>
    /// <param name="now">Uptime, ms.</param>
    /// <returns>Milliseconds until it wants to be called again.</returns>
    public int Tick(long now)
    {
        if (_requests.Any)
        {
            DoWhatIsWanted(now);
        }

        if (_requests.IsStopped)
        {
            return Limits.SamplePeriodMs;
        }

        if (!_ticks.Due(now))
        {
            return _ticks.Remaining(now);
        }

        CountMissed((uint)_ticks.Missed);
        _untaken = 1;
        if (now / 1000 >= _windowEnd)
        {
            CloseWindow(now / 1000);
        }

        _header.Losses.RoundTripsDropped = _roundTrips.DrainInto(_window);
        SampleLink(now);
        SampleStations(now);
        SampleHealth(now);
        return _ticks.Remaining(now);
    }

    /// <summary>Closes the window before its time, so that nothing measured is lost: before a planned stop. Empty windows stay open.</summary>
    public void Flush(long now)
    {
        long end = (now + 999) / 1000;
        if (end > _window.StartSeconds)
        {
            CountMissed(0);
            _header.Losses.RoundTripsDropped = _roundTrips.DrainInto(_window);
            CloseWindow(end);
        }
    }

    private void DoWhatIsWanted(long now)
    {
        AgentSettings settings = _requests.TakeSettings(out AddressHash addresses);
        bool stop = _requests.IsStopWanted;
        if (_requests.TakeReport() || settings != null || stop)
        {
            Flush(now);
        }

        if (settings != null)
        {
            Use(settings, addresses, now);
        }

        if (_requests.TakeSurvey())
        {
            _survey.BeginRound();
        }

        if (stop)
        {
            _requests.Stopped();
        }
    }

    private void Use(AgentSettings settings, AddressHash addresses, long now)
    {
        _role = settings.Role;
        _windowSeconds = settings.WindowSeconds;
        _windowEnd = _window.StartSeconds + settings.WindowSeconds;
        _survey.Use(settings, now);
        _servingAp.Use(addresses);
    }

    // A tick that was begun and never took its sample, because the radio failed in it or its thread was ended, is missed too.
    private void CountMissed(uint skipped)
    {
        _header.Losses.SamplesMissed += skipped + _untaken;
        _untaken = 0;
    }

    private void SampleLink(long now)
    {
        _link.Clear();
        bool isNew = _radio.ReadLink(_link);
        _untaken = 0;
        if (!isNew)
        {
            return;
        }

        _window.Link.Add(_link, now / 1000);
        _servingAp.Observe(_link, _window.Link);
        _status.NoteLink(_link, now);
        _survey.Tick(now, _link, _window);
    }

    private void SampleStations(long now)
    {
        if (!_stationPeriod.Due(now))
        {
            return;
        }

        if (_role == Role.Companion)
        {
            // The clients are the gateway's, and it tells how many there are.
            if (_link.Stations != LinkReading.StationsUnknown)
            {
                _window.Clients.Source = RadioSource.BssLoad;
                _window.Clients.Count.Add(_link.Stations);
            }

            return;
        }

        int count = _radio.ReadStations(_stations);
        if (count >= 0)
        {
            _window.Clients.Source = _radio.Source == RadioSource.Native ? RadioSource.Native : RadioSource.StockEvent;
            _window.Clients.Add(_stations, count, (now / 1000) - _radio.StationAgeSeconds);
        }
    }

    private void SampleHealth(long now)
    {
        if (_healthPeriod.Due(now))
        {
            _window.AddHealth(_health.ManagedFreeKib, _health.NativeFreeKib);
        }
    }

    // A radio that fails in here, or a thread that is ended in here, leaves the window open once: the next tick closes it then. After its
    // first report is stored, no window is ever encoded again.
    private void CloseWindow(long end)
    {
        bool isSecondTry = _isClosing, isStored = false;
        _isClosing = true;
        try
        {
            TakeRest(end);
            Store(_writer.WriteFirst(NextHeader(), _window, _radio.Source), _header.SpanSeconds);
            isStored = true;
            for (uint part = 1; _writer.HasMore; part++)
            {
                Store(_writer.WriteNext(NextHeader(), _window, _radio.Source, part), 0);
            }

            _detection.WindowClosed(_window, end);
        }
        finally
        {
            if (isStored || isSecondTry)
            {
                OpenWindow(end, isStored);
            }
        }
    }

    private void OpenWindow(long start, bool isStored)
    {
        if (!isStored)
        {
            _outbox.CountLost(1, (uint)(start - _window.StartSeconds));
        }

        _servingAp.WindowClosed();
        _window.Restart(start);
        _windowEnd = NextEnd(start);
        _isClosing = false;
    }

    private void TakeRest(long end)
    {
        _window.TakeChannels(_radio);
        _radio.TakeDiscards(_window.Discards);
        _window.OffChannelMs += (uint)_window.Discards.ScanMs;
        _header.SpanSeconds = (uint)(end - _window.StartSeconds);
        _header.BootTime = BootTime.Of(_clock);
        _header.ThreadRestarts = _supervision == null ? 0 : _supervision.TakeThreadRestarts();
        _header.SentBytes = _sent.Take();
    }

    // The ends stay on their grid: a window that closed early or late leaves a shorter one behind it.
    private long NextEnd(long now)
    {
        long end = _windowEnd;
        return end > now ? end : end + (((now - end) / _windowSeconds) + 1) * _windowSeconds;
    }

    // Room is made first: what has to go for this report is then part of the losses that it states.
    private ReportHeader NextHeader()
    {
        _outbox.MakeRoom(Limits.ReportBytes);
        _outbox.CopyLosses(_header.Losses);
        _header.Sequence++;
        _header.ResetCause = _header.Sequence == 1 ? (uint)ResetCause : 0;
        return _header;
    }

    private void Store(bool written, uint seconds)
    {
        if (written)
        {
            _outbox.Add(_writer.Buffer, _writer.Length, _header.Sequence, seconds);
        }
        else
        {
            _outbox.CountLost(1, seconds);
        }
    }
}
