using GatewayAgent.Control;
using GatewayAgent.Ports;
using GatewayAgent.Reporting;
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
    private readonly int _windowSeconds;
    private bool _online;
    private long _nextAttempt;
    private int _failuresInARow;

    public ReportUplink(
        NodeParts parts, AgentSettings settings, Outbox outbox, RoundTrips roundTrips, SentBytes sent, Sampler sampler, Backoff backoff)
    {
        _parts = parts;
        _transport = parts.Transport;
        _outbox = outbox;
        _roundTrips = roundTrips;
        _sent = sent;
        _sampler = sampler;
        _topics = new Topics(settings.Home, settings.Node);
        _backoff = backoff;
        _notes = new PublishNotes(parts.Clock, _topics.Ack, parts.BootId);
        _transport.Events = _notes;
        _windowSeconds = settings.WindowSeconds;
    }

    /// <summary>Connected, as of the last step.</summary>
    public bool IsOnline => _online;

    /// <summary>Does what can be done now.</summary>
    /// <param name="now">Uptime, ms.</param>
    /// <returns>Milliseconds until it wants to be called again.</returns>
    public int Step(long now)
    {
        HearAnswers();
        if (_online && (!_transport.IsConnected || _failuresInARow >= Limits.PublishFailures))
        {
            GoOffline(now);
        }

        if (!_online && (now < _nextAttempt || !GoOnline(now)))
        {
            return _nextAttempt - now < OfflineStepMs ? (int)(_nextAttempt - now) : OfflineStepMs;
        }

        SendReports(now);
        return _outbox.SentCount > 0 ? BusyStepMs : IdleStepMs;
    }

    private bool GoOnline(long now)
    {
        _notes.ClearPackets();
        if (!_transport.Connect(_topics.State, StateWriter.Will) || !Introduce())
        {
            GoOffline(now);
            return false;
        }

        _online = true;
        _failuresInARow = 0;
        _backoff.Reset();
        _outbox.ResendAll();
        return true;
    }

    private bool Introduce()
    {
        byte[] birth = _state.Birth(_parts, _windowSeconds, _sampler.Sequence, _backoff.Failures + 1);
        return _transport.Subscribe(_topics.Ack) && Publish(_topics.State, birth, true) >= 0;
    }

    private void GoOffline(long now)
    {
        _online = false;
        _transport.Disconnect();
        _nextAttempt = now + _backoff.Next();
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

    private void HearAcknowledged(int packetId, long at)
    {
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

    private void SendReports(long now)
    {
        for (int overdue = _outbox.FailOverdue(now); overdue > 0; overdue--)
        {
            CountFailure();
        }

        while (_outbox.SentCount < Limits.InFlight)
        {
            uint sequence = _outbox.NextToSend(now);
            if (sequence == 0 || !SendReport(sequence, now))
            {
                return;
            }
        }
    }

    private bool SendReport(uint sequence, long now)
    {
        byte[] report = Copy(sequence);
        if (report == null)
        {
            // The sampler needed its room in this very moment; the next round takes what is there now.
            return true;
        }

        int packetId = Publish(_topics.Report, report, false);
        if (packetId < 0)
        {
            CountFailure();
            return false;
        }

        _outbox.MarkSent(sequence, packetId, now);
        return true;
    }

    // The client keeps the payload until it is acknowledged, so each packet gets its own array: the one allocation of ours, off the
    // sampling thread.
    private byte[] Copy(uint sequence)
    {
        int length = _outbox.LengthOf(sequence);
        bool replayed = _outbox.SendsOf(sequence) > 0;
        byte[] report = new byte[length + (replayed ? ReportWriter.ReplayedMarkBytes : 0)];
        if (_outbox.CopyTo(sequence, report) == 0)
        {
            return null;
        }

        if (replayed)
        {
            ReportWriter.MarkReplayed(report, length);
        }

        return report;
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
