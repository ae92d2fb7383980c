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
            if (_reader.Read(payload) && _reader.BootId == _bootId && _reader.Sequence > _ackedThrough)
            {
                _ackedThrough = _reader.Sequence;
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

    /// <summary>Forgets the packets of a connection that is gone.</summary>
    public void ClearPackets()
    {
        lock (_gate)
        {
            _count = 0;
        }
    }
}
