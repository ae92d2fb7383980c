using GatewayAgent.Ports;

namespace GatewayAgent.Uplink;

/// <summary>
/// What the MQTT client tells on its own threads, noted for the uplink's next step. Bounded: a packet note that finds no room is forgotten, and
/// its packet goes again after a while.
/// </summary>
internal sealed class TransportNotes : ITransportEvents
{
    private readonly object _gate = new object();
    private readonly IClock _clock;
    private readonly Topics _topics;
    private readonly CollectorWords _words;
    private readonly IInbox _inbox;
    private readonly int[] _packetIds = new int[Limits.PublishNotes];
    private readonly bool[] _acknowledged = new bool[Limits.PublishNotes];
    private readonly long[] _at = new long[Limits.PublishNotes];
    private int _count;
    private bool _answered;
    private int _granted;

    /// <param name="clock">For the moment of an acknowledgement.</param>
    /// <param name="topics">Which message is which.</param>
    /// <param name="words">Takes the collector's acknowledgements.</param>
    /// <param name="inbox">Takes configurations and commands.</param>
    public TransportNotes(IClock clock, Topics topics, CollectorWords words, IInbox inbox)
    {
        _clock = clock;
        _topics = topics;
        _words = words;
        _inbox = inbox;
    }

    /// <summary>The broker has answered the subscriptions of this connection.</summary>
    /// <param name="granted">Bit i: the i-th topic was granted.</param>
    public bool IsAnswered(out int granted)
    {
        lock (_gate)
        {
            granted = _granted;
            return _answered;
        }
    }

    public void OnSubscribed(int granted)
    {
        lock (_gate)
        {
            _granted = granted;
            _answered = true;
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
        if (payload == null)
        {
            return;
        }

        if (topic == _topics.Ack)
        {
            if (payload.Length <= Limits.AckBytes)
            {
                _words.Hear(payload);
            }
        }
        else if (topic == _topics.Config)
        {
            _inbox.HearConfig(payload);
        }
        else if (topic == _topics.Command)
        {
            _inbox.HearCommand(payload);
        }
    }

    /// <summary>Takes the oldest note of a packet.</summary>
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

    /// <summary>Forgets what belongs to a connection that is gone.</summary>
    public void StartConnection()
    {
        lock (_gate)
        {
            _count = 0;
            _granted = 0;
            _answered = false;
        }
    }
}
