using System;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.Uplink;

/// <summary>
/// The line to the broker. Offline until the pause of the back-off is over, then one attempt; online as long as the transport says so and the
/// line is of use. Online it carries the packets of its sources in order of importance, one under way at a time: with more than one M2Mqtt can
/// lose an acknowledgement, and one keeps the order. Runs on a thread of its own, the only one on which the MQTT client may allocate or block.
/// </summary>
internal sealed class BrokerUplink
{
    // With a packet under way its answer is looked for soon; otherwise a report a minute can wait a second.
    private const int BusyStepMs = 100, IdleStepMs = 1000;

    // A pause of the back-off lasts up to 85 minutes; a step now and then shows that the thread lives.
    private const int OfflineStepMs = 10000;

    private const int NoPacket = -1;

    private readonly IClock _clock;
    private readonly ITransport _transport;
    private readonly RoundTrips _roundTrips;
    private readonly SentBytes _sent;
    private readonly Topics _topics;
    private readonly Backoff _backoff;
    private readonly TransportNotes _notes;
    private readonly BirthSource _birth;
    private readonly IPacketSource[] _sources;
    private readonly byte[] _packet;
    private long _nextAttempt;
    private long _subscribeBy;
    private long _offlineSince;
    private int _attempts;
    private int _failuresInARow;
    private int _packetId = NoPacket;
    private IPacketSource _underWay;
    private long _sentAt;

    /// <param name="parts">Clock and transport.</param>
    /// <param name="topics">The node's topics.</param>
    /// <param name="notes">What the transport tells.</param>
    /// <param name="birth">The first packet of a connection.</param>
    /// <param name="sources">The others, the most important first.</param>
    /// <param name="roundTrips">Takes the round trips to the broker.</param>
    /// <param name="sent">Takes the bytes.</param>
    /// <param name="packet">Of <see cref="Limits.PacketBytes"/>; others on this thread may use it between the steps.</param>
    /// <param name="random">For the pauses.</param>
    public BrokerUplink(
        NodeParts parts,
        Topics topics,
        TransportNotes notes,
        BirthSource birth,
        IPacketSource[] sources,
        RoundTrips roundTrips,
        SentBytes sent,
        byte[] packet,
        Random random)
    {
        _packet = packet;
        _clock = parts.Clock;
        _transport = parts.Transport;
        _topics = topics;
        _notes = notes;
        _birth = birth;
        _sources = sources;
        _roundTrips = roundTrips;
        _sent = sent;
        _backoff = new Backoff(random);
        _offlineSince = parts.Clock.UptimeMs;
        _nextAttempt = _offlineSince + random.Next(Limits.BackoffMs);
        _transport.Events = _notes;
    }

    /// <summary>Connected, as of the last step.</summary>
    public bool IsOnline { get; private set; }

    /// <summary>When the newest packet was sent that the broker has acknowledged, ms of uptime; −1 = none yet.</summary>
    public long AcknowledgedSentAt { get; private set; } = -1;

    /// <summary>The collector's word is needed: a connection on which it cannot come is of no use.</summary>
    public bool NeedsCollector { get; set; }

    /// <summary>A packet is on its way.</summary>
    public bool IsBusy => _underWay != null;

    /// <summary>Whether the broker has been out of reach for so long that what waits is better kept.</summary>
    public bool IsOutage(long now) => !IsOnline && now - _offlineSince >= Limits.OutageMs;

    /// <summary>Hears what the client has noted since the last step.</summary>
    public void HearAnswers()
    {
        while (_notes.TryTake(out int packetId, out bool acknowledged, out long at))
        {
            if (packetId == _packetId && _underWay != null)
            {
                EndPacket(acknowledged, at);
            }
        }
    }

    /// <summary>Connects when it is time, or ends a connection that is of no use.</summary>
    /// <returns>True when a connection has begun.</returns>
    public bool Connect(long now)
    {
        if (IsOnline && !IsWorthKeeping(now))
        {
            GoOffline();
        }

        return !IsOnline && now >= _nextAttempt && GoOnline();
    }

    /// <summary>Sends what is next.</summary>
    /// <returns>Milliseconds until there may be something to do.</returns>
    public int Send(long now)
    {
        if (!IsOnline)
        {
            long pause = _nextAttempt - now;
            return pause < 0 ? 0 : pause < OfflineStepMs ? (int)pause : OfflineStepMs;
        }

        if (_underWay != null && now - _sentAt >= Limits.PublishTimeoutMs)
        {
            EndPacket(false, now);
        }

        if (_underWay == null && _notes.IsAnswered(out _))
        {
            SendNext(now);
        }

        return _underWay != null || !_notes.IsAnswered(out _) ? BusyStepMs : IdleStepMs;
    }

    /// <summary>The broker of new settings: the line to the old one ends, and the new one is tried soon.</summary>
    public void Reconnect(long now)
    {
        if (IsOnline)
        {
            GoOffline();
        }

        _backoff.Reset();
        _nextAttempt = now;
    }

    private bool IsWorthKeeping(long now)
    {
        if (!_transport.IsConnected || _failuresInARow >= Limits.PublishFailures)
        {
            return false;
        }

        // Configuration and commands may be refused: the node works without.
        return _notes.IsAnswered(out int granted) ? !NeedsCollector || (granted & 1) != 0 : now < _subscribeBy;
    }

    private bool GoOnline()
    {
        _notes.StartConnection();
        _attempts++;

        // Whatever ends this attempt, the next one is not at once.
        _nextAttempt = _clock.UptimeMs + Limits.BackoffMs;
        if (!_transport.Connect(_topics.State, BirthSource.Will) || !_transport.Subscribe(Subscriptions()))
        {
            GoOffline();
            return false;
        }

        IsOnline = true;
        _birth.Announce(_attempts);
        _attempts = 0;
        _failuresInARow = 0;
        _subscribeBy = _clock.UptimeMs + Limits.SubscribeTimeoutMs;
        return true;
    }

    // The collector's word is not even asked for where nobody sends it: some brokers cut a client that asks for what it may not have.
    private string[] Subscriptions() => NeedsCollector
        ? new string[] { _topics.Ack, _topics.Config, _topics.Command }
        : new string[] { _topics.Config, _topics.Command };

    // Connecting may have taken long: the pause begins when it has failed.
    private void GoOffline()
    {
        if (IsOnline)
        {
            _offlineSince = _clock.UptimeMs;
        }

        IsOnline = false;
        _transport.Disconnect();
        if (_underWay != null)
        {
            EndPacket(false, _clock.UptimeMs);
        }

        _nextAttempt = _clock.UptimeMs + _backoff.Next();
    }

    // Only an acknowledgement shows that the broker works with this node: one that accepts and cuts must not be hammered.
    private void EndPacket(bool acknowledged, long at)
    {
        _packetId = NoPacket;
        if (acknowledged)
        {
            _backoff.Reset();
            _failuresInARow = 0;
            _roundTrips.Add(RoundTrips.Broker, (int)(at - _sentAt));
            AcknowledgedSentAt = _sentAt;
            _underWay.Acknowledged(at);
        }
        else
        {
            _failuresInARow++;
            _roundTrips.Add(RoundTrips.Broker, -1);
            _underWay.Failed();
        }

        _underWay = null;
    }

    private void SendNext(long now)
    {
        if (SendFrom(_birth, now))
        {
            return;
        }

        foreach (IPacketSource source in _sources)
        {
            if (SendFrom(source, now))
            {
                return;
            }
        }
    }

    private bool SendFrom(IPacketSource source, long now)
    {
        // Whatever ends the thread from here on: the packet counts as under way, and is given up after a while.
        _underWay = source;
        _sentAt = now;
        int length = source.Next(now, _packet);
        if (length == 0)
        {
            _underWay = null;
            return false;
        }

        // The client keeps the payload until it is acknowledged, so each packet gets an array of its own; it is made outside the locks that
        // the sampler shares.
        byte[] payload = new byte[length];
        Array.Copy(_packet, payload, length);
        _sentAt = _clock.UptimeMs;
        _packetId = _transport.Publish(source.Topic, payload, source.IsRetained);
        if (_packetId < 0)
        {
            EndPacket(false, _sentAt);
        }
        else
        {
            _sent.Add(length);
        }

        return true;
    }
}
