using GatewayAgent.Ports;
using GatewayAgent.Reporting;
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
    private readonly Indication.NodeStatus _status;
    private readonly SurveySchedule _survey;
    private readonly Period _ticks;
    private readonly Period _stationPeriod;
    private readonly Period _healthPeriod;

    private readonly Window _window = new Window();
    private readonly LinkReading _link = new LinkReading();
    private readonly byte[] _stations = new byte[Limits.Stations * Limits.StationRecordBytes];
    private readonly ReportHeader _header = new ReportHeader();
    private readonly ReportWriter _writer = new ReportWriter();
    private readonly int _windowSeconds;
    private long _windowEnd;
    private bool _closing;
    private uint _untaken;

    /// <param name="parts">The node's ports and boot.</param>
    /// <param name="windowSeconds">Length of the windows.</param>
    /// <param name="firstWindowSeconds">Length of the first one, by which nodes that start together drift apart.</param>
    /// <param name="outbox">Takes the reports.</param>
    /// <param name="roundTrips">Gives the round trips that other threads measured.</param>
    /// <param name="sent">Gives the bytes that the uplink sent.</param>
    public Sampler(
        NodeParts parts, int windowSeconds, int firstWindowSeconds, Outbox outbox, RoundTrips roundTrips, SentBytes sent)
    {
        _radio = parts.Radio;
        _health = parts.Health;
        _clock = parts.Clock;
        _status = parts.Status;
        _outbox = outbox;
        _roundTrips = roundTrips;
        _sent = sent;
        _header.BootId = parts.BootId;
        ResetCause = parts.Health.ResetCause;
        _header.ResetCause = (uint)ResetCause;
        _windowSeconds = windowSeconds;

        long start = parts.Clock.UptimeMs / 1000;
        _window.Restart(start);
        _windowEnd = start + firstWindowSeconds;
        long now = start * 1000;
        _survey = new SurveySchedule(parts.Radio, now);
        _ticks = new Period(Limits.SamplePeriodMs, now);
        _stationPeriod = new Period(Limits.StationPeriodMs, now);
        _healthPeriod = new Period(Limits.HealthPeriodMs, now);
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

        _status.NoteLink(_link, now);
        _window.Link.Add(_link, now / 1000);
        _survey.Tick(now, _link, _window);
    }

    private void SampleStations(long now)
    {
        if (!_stationPeriod.Due(now))
        {
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
        bool isSecondTry = _closing, stored = false;
        _closing = true;
        try
        {
            TakeRest(end);
            Store(_writer.WriteFirst(NextHeader(), _window, _radio.Source));
            stored = true;
            for (uint part = 1; _writer.HasMore; part++)
            {
                Store(_writer.WriteNext(NextHeader(), _window, _radio.Source, part));
            }
        }
        finally
        {
            if (stored || isSecondTry)
            {
                OpenWindow(end, stored);
            }
        }
    }

    private void OpenWindow(long start, bool stored)
    {
        if (!stored)
        {
            _outbox.CountLost((uint)(start - _window.StartSeconds));
        }

        _window.Restart(start);
        _windowEnd = NextEnd(start);
        _closing = false;
    }

    private void TakeRest(long end)
    {
        _window.TakeChannels(_radio);
        _radio.TakeDiscards(_window.Discards);
        _window.OffChannelMs += (uint)_window.Discards.ScanMs;
        _header.SpanSeconds = (uint)(end - _window.StartSeconds);
        _header.BootTime = BootTime.Of(_clock);
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
        return _header;
    }

    private void Store(bool written)
    {
        if (written)
        {
            _outbox.Add(_writer.Buffer, _writer.Length, _header.Sequence, _header.SpanSeconds);
        }
        else
        {
            _outbox.CountLost(_header.SpanSeconds);
        }
    }
}
