using System;
using GatewayAgent.Ports;
using GatewayAgent.Privacy;
using GatewayAgent.Reporting;

namespace GatewayAgent.Detection;

/// <summary>
/// Carries events from the sampling thread to the uplink's, under a short lock. There is one place a metric: a later change replaces one
/// that is not under way yet, and is counted in the next event as suppressed; so there is room whatever happens. A bucket of tokens
/// holds back what would be a storm. An event leaves only when the broker has acknowledged it.
/// </summary>
public sealed class EventQueue
{
    private const int At = 0, Since = 1, Baseline = 2, Now = 3, Magnitude = 4, Fields = 5;

    private const int HourMs = 3600000;

    private readonly object _gate = new object();
    private readonly IClock _clock;
    private readonly uint _bootId;
    private readonly int[] _places = new int[Metric.Count * Fields];
    private readonly byte[] _evidence = new byte[Metric.Count * Limits.EvidenceValues];
    private ProtoWriter _proto;
    private uint _station;
    private int _waiting, _recovered;
    private int _sending;
    private bool _isReplaced;
    private uint _sequence;
    private uint _suppressed, _suppressedTold;
    private int _tokenMs;
    private int _tokensMs = HourMs;
    private long _tokensAt;
    private bool _isToldChanged;

    internal EventQueue(IClock clock, uint bootId, int perHour)
    {
        _clock = clock;
        _bootId = bootId;
        _tokenMs = HourMs / perHour;
    }

    /// <summary>Metrics whose latest change the broker has not acknowledged: bit n = metric n.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting;
            }
        }
    }

    /// <summary>Writes the oldest event as <c>Event</c> of agent.proto; until it is acknowledged, the same one again.</summary>
    /// <param name="buffer">At least <see cref="Limits.EventBytes"/>.</param>
    /// <returns>Its length; 0 = nothing waits, or it has to wait a little longer.</returns>
    public int CopyNext(byte[] buffer)
    {
        // One thread calls, with one buffer; the lock that the sampler shares is no place to allocate.
        if (_proto == null || _proto.Buffer != buffer)
        {
            _proto = new ProtoWriter(buffer);
        }

        lock (_gate)
        {
            if ((_sending == 0 || _isReplaced) && !Pick())
            {
                return 0;
            }

            _proto.Reset();
            return Write(_proto);
        }
    }

    /// <summary>The broker has acknowledged what was copied last.</summary>
    public void Acknowledged()
    {
        lock (_gate)
        {
            if (_sending == 0)
            {
                return;
            }

            _waiting &= _isReplaced ? -1 : ~(1 << _sending);
            _suppressed -= _suppressedTold;
            _isToldChanged = true;
            _sending = 0;
        }
    }

    /// <summary>What was copied last did not reach the broker, as far as is known: it is sent again, or what has replaced it.</summary>
    public void Failed()
    {
        lock (_gate)
        {
            if (_sending != 0 && _isReplaced)
            {
                _suppressed++;
                _sending = 0;
            }
        }
    }

    internal void Apply(int perHour)
    {
        lock (_gate)
        {
            _tokenMs = HourMs / perHour;
        }
    }

    /// <summary>Puts the state of a metric where it waits to be sent.</summary>
    /// <param name="station">Hash of the weakest station, 0 = not told; for the stations' metric only.</param>
    internal void Add(ChangeDetector detector, int metric, bool isRecovered, int now, uint station)
    {
        lock (_gate)
        {
            MakePlace(metric, isRecovered);
            _station = metric == Metric.ClientRssi ? station : _station;
            int place = (metric - 1) * Fields;
            _places[place + At] = now;
            _places[place + Since] = detector.SinceSeconds(metric, now);
            _places[place + Baseline] = detector.Baseline(metric);
            _places[place + Now] = detector.Now(metric);
            _places[place + Magnitude] = detector.Magnitude(metric);
            int first = (metric - 1) * Limits.EvidenceValues;
            Array.Copy(detector.Evidences, first, _evidence, first, Limits.EvidenceValues);
        }
    }

    /// <summary>Forgets what waits of a metric.</summary>
    internal void Drop(int metric)
    {
        lock (_gate)
        {
            _waiting &= ~(1 << metric);
            _sending = _sending == metric ? 0 : _sending;
        }
    }

    /// <summary>What began before an uptime began this much earlier.</summary>
    internal void ShiftBefore(int uptime, int seconds)
    {
        lock (_gate)
        {
            for (int since = Since; since < _places.Length; since += Fields)
            {
                _places[since] -= _places[since] < uptime ? seconds : 0;
            }
        }
    }

    /// <summary>True once after the broker has acknowledged something.</summary>
    internal bool TakeToldChanged()
    {
        lock (_gate)
        {
            bool changed = _isToldChanged;
            _isToldChanged = false;
            return changed;
        }
    }

    private void MakePlace(int metric, bool isRecovered)
    {
        int bit = 1 << metric;
        if (_sending == metric && !_isReplaced)
        {
            _isReplaced = true;
        }
        else if ((_waiting & bit) != 0)
        {
            _suppressed++;
        }

        _waiting |= bit;
        _recovered = isRecovered ? _recovered | bit : _recovered & ~bit;
    }

    private bool Pick()
    {
        Refill();
        int oldest = 0;
        for (int metric = 1; metric <= Metric.Count; metric++)
        {
            bool isWaiting = (_waiting & (1 << metric)) != 0;
            if (isWaiting && (oldest == 0 || AtOf(metric) < AtOf(oldest)))
            {
                oldest = metric;
            }
        }

        if (oldest == 0 || _tokensMs < _tokenMs)
        {
            return false;
        }

        _tokensMs -= _tokenMs;
        _sending = oldest;
        _isReplaced = false;
        _sequence++;
        _suppressedTold = _suppressed;
        return true;
    }

    private int AtOf(int metric) => _places[((metric - 1) * Fields) + At];

    private void Refill()
    {
        long now = _clock.UptimeMs;
        long tokens = _tokensMs + (now - _tokensAt);
        _tokensMs = tokens > HourMs ? HourMs : (int)tokens;
        _tokensAt = now;
    }

    private int Write(ProtoWriter proto)
    {
        int place = (_sending - 1) * Fields;
        int since = _places[place + Since];
        uint bootTime = BootTime.Of(_clock);
        proto.Fixed32(1, _bootId);
        proto.Number(2, _sequence);
        proto.Number(3, (uint)_sending);
        proto.Count(4, (_recovered & (1 << _sending)) != 0 ? 1u : 0u);
        proto.Count(5, (uint)_places[place + At]);
        proto.Count(6, since > 0 ? (uint)since : 0u);
        if (bootTime != 0)
        {
            proto.Fixed32(7, bootTime);
        }

        proto.Signed(8, _places[place + Baseline]);
        proto.Signed(9, _places[place + Now]);
        proto.Count(10, (uint)_places[place + Magnitude]);
        WriteEvidence(proto);
        if (_sending == Metric.ClientRssi && _station != AddressHash.None)
        {
            proto.Fixed32(12, _station);
        }

        proto.Count(13, _suppressedTold);
        proto.Count(14, since < 0 ? (uint)-since : 0u);
        return proto.Overflowed ? 0 : proto.Length;
    }

    private void WriteEvidence(ProtoWriter proto)
    {
        int first = (_sending - 1) * Limits.EvidenceValues, end = first + Limits.EvidenceValues;
        int start = proto.Begin(11);
        for (int i = first; i < end; i++)
        {
            if (_evidence[i] != 0)
            {
                proto.SignedElement(Metric.InUnit(_sending, Evidence.Sixteenths(_sending, _evidence[i])));
            }
        }

        proto.End(start);
    }
}
