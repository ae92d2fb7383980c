using GatewayAgent.Ports;

namespace GatewayAgent.Uplink;

/// <summary>
/// What the MQTT client tells on its own threads, noted for the uplink's next step: acknowledged packets, and the newest word of the
/// collector. Bounded; a packet note that finds no room is forgotten, and its report goes again after a while.
/// </summary>
internal sealed class PublishNotes : ITransportEvents
{
    private readonly object _gate = new object();
    private readonly IClock _clock;
    private readonly string _ackTopic;
    private readonly uint _bootId;
    private readonly AckReader _reader = new AckReader();
    private readonly int[] _packetIds = new int[Limits.PublishNotes];
    private readonly bool[] _acknowledged = new bool[Limits.PublishNotes];
    private readonly long[] _at = new long[Limits.PublishNotes];
    private int _count;
    private uint _ackedThrough;
    private uint _highestSent;
    private bool _subscribed, _refused;

    public PublishNotes(IClock clock, string ackTopic, uint bootId)
    {
        _clock = clock;
        _ackTopic = ackTopic;
        _bootId = bootId;
    }

    /// <summary>Highest sequence of this boot that the collector has acknowledged.</summary>
    public uint AckedThrough
    {
        get
        {
            lock (_gate)
            {
                return _ackedThrough;
            }
        }
    }

    /// <summary>The broker lets this connection hear the collector.</summary>
    public bool IsSubscribed
    {
        get
        {
            lock (_gate)
            {
                return _subscribed;
            }
        }
    }

    /// <summary>The broker has refused the subscription.</summary>
    public bool IsSubscriptionRefused
    {
        get
        {
            lock (_gate)
            {
                return _refused;
            }
        }
    }

    public void OnSubscribed(bool granted)
    {
        lock (_gate)
        {
            _subscribed |= granted;
            _refused |= !granted;
        }
    }

    public void OnPublished(int packetId, bool acknowledged)
    {
        lock (_gate)
        {
            if (_count == _packetIds.Length)
            {
                return;
            }

            _packetIds[_count] = packetId;
            _acknowledged[_count] = acknowledged;
            _at[_count] = _clock.UptimeMs;
            _count++;
        }
    }

    public void OnMessage(string topic, byte[] payload)
    {
        if (topic != _ackTopic || payload == null || payload.Length > Limits.InboundBytes)
        {
            return;
        }

        lock (_gate)
        {
            if (_reader.Read(payload) && _reader.BootId == _bootId)
            {
                TakeWord(_reader.Sequence);
            }
        }
    }

    /// <summary>Takes the oldest note.</summary>
    public bool TryTake(out int packetId, out bool acknowledged, out long at)
    {
        lock (_gate)
        {
            packetId = _packetIds[0];
            acknowledged = _acknowledged[0];
            at = _at[0];
            if (_count == 0)
            {
                return false;
            }

            _count--;
            for (int i = 0; i < _count; i++)
            {
                _packetIds[i] = _packetIds[i + 1];
                _acknowledged[i] = _acknowledged[i + 1];
                _at[i] = _at[i + 1];
            }

            return true;
        }
    }

    /// <summary>From now on the collector may speak of this report.</summary>
    public void WillSend(uint sequence)
    {
        lock (_gate)
        {
            if (sequence > _highestSent)
            {
                _highestSent = sequence;
            }
        }
    }

    /// <summary>Forgets what belongs to a connection that is gone.</summary>
    public void StartConnection()
    {
        lock (_gate)
        {
            _count = 0;
            _subscribed = false;
            _refused = false;
        }
    }

    // A word on what was never sent is a mistake or worse: it would free every report to come.
    private void TakeWord(uint sequence)
    {
        if (sequence > _ackedThrough && sequence <= _highestSent)
        {
            _ackedThrough = sequence;
        }
    }
}
