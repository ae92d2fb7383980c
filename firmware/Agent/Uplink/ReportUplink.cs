using System;
using GatewayAgent.Control;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.Uplink;

/// <summary>
/// Brings the outbox to the broker. Two states: offline until the pause of the back-off is over, then one attempt; online as long as the
/// transport says so. Runs on a thread of its own, the only one on which the MQTT client may allocate or block.
/// </summary>
public sealed class ReportUplink
{
    // With packets under way their answers are looked for soon; otherwise a report a minute can wait a second.
    private const int BusyStepMs = 100, IdleStepMs = 1000;

    // A pause of the back-off lasts up to 85 minutes; a step now and then shows that the thread lives.
    private const int OfflineStepMs = 10000;

    private readonly NodeParts _parts;
    private readonly ITransport _transport;
    private readonly Outbox _outbox;
    private readonly RoundTrips _roundTrips;
    private readonly SentBytes _sent;
    private readonly Sampler _sampler;
    private readonly Topics _topics;
    private readonly Backoff _backoff;
    private readonly PublishNotes _notes;
    private readonly StateWriter _state = new StateWriter();
    private readonly byte[] _copy = new byte[Limits.ReportBytes];
    private readonly int _windowSeconds;
    private readonly bool _needsCollector;
    private bool _online;
    private long _nextAttempt;
    private long _subscribeBy;
    private int _attempts;
    private int _failuresInARow;

    public ReportUplink(
        NodeParts parts, AgentSettings settings, Outbox outbox, RoundTrips roundTrips, SentBytes sent, Sampler sampler, Random random)
    {
        _parts = parts;
        _transport = parts.Transport;
        _outbox = outbox;
        _roundTrips = roundTrips;
        _sent = sent;
        _sampler = sampler;
        _topics = new Topics(settings.Home, settings.Node);
        _backoff = new Backoff(random);
        _nextAttempt = parts.Clock.UptimeMs + random.Next(Limits.BackoffMs);
        _notes = new PublishNotes(parts.Clock, _topics.Ack, parts.BootId);
        _transport.Events = _notes;
        _windowSeconds = settings.WindowSeconds;
        _needsCollector = settings.Assurance == Assurance.Collector;
    }

    /// <summary>Connected, as of the last step.</summary>
    public bool IsOnline => _online;

    /// <summary>Does what can be done now.</summary>
    /// <param name="now">Uptime, ms.</param>
    /// <returns>Milliseconds until it wants to be called again.</returns>
    public int Step(long now)
    {
        HearAnswers();
        if (_online && !IsWorthKeeping(now))
        {
            GoOffline();
        }

        if (!_online && (now < _nextAttempt || !GoOnline()))
        {
            return _nextAttempt - now < OfflineStepMs ? (int)(_nextAttempt - now) : OfflineStepMs;
        }

        SendReports();
        return _outbox.SentCount > 0 ? BusyStepMs : IdleStepMs;
    }

    private bool IsWorthKeeping(long now) =>
        _transport.IsConnected
        && _failuresInARow < Limits.PublishFailures
        && (!_needsCollector || IsHeard(now));

    // A connection on which the collector's word cannot come is of no use to a node that waits for it.
    private bool IsHeard(long now) => _notes.IsSubscribed || (now < _subscribeBy && !_notes.IsSubscriptionRefused);

    private bool GoOnline()
    {
        _notes.StartConnection();
        _attempts++;
        if (!_transport.Connect(_topics.State, StateWriter.Will) || !Introduce())
        {
            GoOffline();
            return false;
        }

        _online = true;
        _attempts = 0;
        _failuresInARow = 0;
        _subscribeBy = _parts.Clock.UptimeMs + Limits.SubscribeTimeoutMs;
        _outbox.ResendAll();
        return true;
    }

    private bool Introduce()
    {
        byte[] birth = _state.Birth(_parts, _windowSeconds, _sampler.ResetCause, _sampler.Sequence, _attempts);
        return (!_needsCollector || _transport.Subscribe(_topics.Ack)) && Publish(_topics.State, birth, true) >= 0;
    }

    // Connecting may have taken long: the pause begins when it has failed.
    private void GoOffline()
    {
        _online = false;
        _transport.Disconnect();
        _nextAttempt = _parts.Clock.UptimeMs + _backoff.Next();
    }

    private void HearAnswers()
    {
        while (_notes.TryTake(out int packetId, out bool acknowledged, out long at))
        {
            if (acknowledged)
            {
                HearAcknowledged(packetId, at);
            }
            else if (_outbox.MarkFailed(packetId))
            {
                CountFailure();
            }
        }

        _outbox.FreeThrough(_notes.AckedThrough);
    }

    // Only an acknowledgement shows that the broker works with this node: one that accepts and cuts must not be hammered.
    private void HearAcknowledged(int packetId, long at)
    {
        _backoff.Reset();
        int roundTrip = _outbox.MarkAcknowledged(packetId, at);
        if (roundTrip >= 0)
        {
            _failuresInARow = 0;
            _roundTrips.Add(RoundTrips.Broker, roundTrip);
        }
    }

    private void CountFailure()
    {
        _failuresInARow++;
        _roundTrips.Add(RoundTrips.Broker, -1);
    }

    private void SendReports()
    {
        long now = _parts.Clock.UptimeMs;
        for (int overdue = _outbox.FailOverdue(now); overdue > 0; overdue--)
        {
            CountFailure();
        }

        while (_outbox.SentCount < Limits.InFlight)
        {
            uint sequence = _outbox.NextToSend(now);
            if (sequence == 0 || !SendReport(sequence))
            {
                return;
            }
        }
    }

    private bool SendReport(uint sequence)
    {
        int length = _outbox.CopyToSend(sequence, _copy);
        if (length == 0)
        {
            // The sampler needed its room in this very moment; the next round takes what is there now.
            return true;
        }

        // The client keeps the payload until it is acknowledged, so each packet gets an array of its own; it is made outside the lock that
        // the sampler shares.
        byte[] report = new byte[length];
        Array.Copy(_copy, report, length);
        _notes.WillSend(sequence);
        long sentAt = _parts.Clock.UptimeMs;
        int packetId = Publish(_topics.Report, report, false);
        if (packetId < 0)
        {
            CountFailure();
            return false;
        }

        _outbox.MarkSent(sequence, packetId, sentAt);
        return true;
    }

    private int Publish(string topic, byte[] payload, bool retain)
    {
        int packetId = _transport.Publish(topic, payload, retain);
        if (packetId >= 0)
        {
            _sent.Add(payload.Length);
        }

        return packetId;
    }
}
