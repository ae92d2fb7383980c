namespace GatewayAgent.Uplink;

/// <summary>
/// The collector's acknowledgements, noted by the MQTT client's threads for the uplink's next step: the highest of each boot. Boots are few: this
/// one, and those whose reports the journal still holds.
/// </summary>
internal sealed class CollectorWords
{
    private readonly object _gate = new object();
    private readonly AckReader _reader = new AckReader();
    private readonly uint[] _boot = new uint[Limits.AckBoots];
    private readonly uint[] _sent = new uint[Limits.AckBoots];
    private readonly uint[] _acked = new uint[Limits.AckBoots];
    private readonly bool[] _isNew = new bool[Limits.AckBoots];
    private readonly uint _own;
    private int _eldest;

    /// <param name="bootId">Of this boot: the only one whose sequences still rise.</param>
    public CollectorWords(uint bootId)
    {
        _own = bootId;
    }

    /// <summary>From now on the collector may speak of this report; also again, when it is still held though it was acknowledged.</summary>
    public void WillSend(uint bootId, uint sequence)
    {
        lock (_gate)
        {
            int slot = SlotOf(bootId);
            if (slot < 0)
            {
                slot = _eldest;
                _eldest = (_eldest + 1) % Limits.AckBoots;
                _boot[slot] = bootId;
                _sent[slot] = 0;
                _acked[slot] = 0;
                _isNew[slot] = false;
            }

            if (sequence > _sent[slot])
            {
                _sent[slot] = sequence;
            }

            if (sequence <= _acked[slot])
            {
                _acked[slot] = sequence - 1;
            }
        }
    }

    /// <summary>
    /// Notes a message; what is no acknowledgement, or one of what this boot never sent, is ignored: it would free every report to come. Of an
    /// earlier boot the collector may have more than is sent now.
    /// </summary>
    public void Hear(byte[] message)
    {
        lock (_gate)
        {
            if (!_reader.Read(message))
            {
                return;
            }

            int slot = SlotOf(_reader.BootId);
            if (slot >= 0 && _reader.Sequence > _acked[slot] && (_reader.BootId != _own || _reader.Sequence <= _sent[slot]))
            {
                _acked[slot] = _reader.Sequence;
                _isNew[slot] = true;
            }
        }
    }

    /// <summary>Takes a word that was not taken yet.</summary>
    public bool TryTake(out uint bootId, out uint sequence)
    {
        lock (_gate)
        {
            for (int slot = 0; slot < Limits.AckBoots; slot++)
            {
                if (_isNew[slot])
                {
                    _isNew[slot] = false;
                    bootId = _boot[slot];
                    sequence = _acked[slot];
                    return true;
                }
            }

            bootId = 0;
            sequence = 0;
            return false;
        }
    }

    private int SlotOf(uint bootId)
    {
        for (int i = 0; i < Limits.AckBoots; i++)
        {
            if (_boot[i] == bootId)
            {
                return i;
            }
        }

        return -1;
    }
}
