namespace GatewayAgent.Uplink;

/// <summary>Reads an <c>Ack</c> of agent.proto. Anything that is not one is refused; nothing throws.</summary>
public sealed class AckReader
{
    private const int BootIdField = 1, SequenceField = 2;
    private const int WireVarint = 0, WireFixed64 = 1, WireLength = 2, WireFixed32 = 5;

    private byte[] _message;
    private int _position;
    private uint _varint;

    public uint BootId { get; private set; }

    public uint Sequence { get; private set; }

    /// <returns>False when the message is malformed or lacks a field; the properties are then of no use.</returns>
    public bool Read(byte[] message)
    {
        _message = message;
        _position = 0;
        BootId = 0;
        Sequence = 0;
        while (_position < message.Length)
        {
            if (!Varint() || !Field((int)(_varint >> 3), (int)(_varint & 7)))
            {
                return false;
            }
        }

        return BootId != 0 && Sequence != 0;
    }

    private bool Field(int number, int wireType)
    {
        switch (wireType)
        {
            case WireVarint:
                if (!Varint())
                {
                    return false;
                }

                if (number == SequenceField)
                {
                    Sequence = _varint;
                }

                return true;
            case WireFixed32:
                return Fixed32(number);
            case WireFixed64:
                return Skip(8);
            case WireLength:
                return Varint() && _varint <= Limits.AckBytes && Skip((int)_varint);
            default:
                return false;
        }
    }

    private bool Fixed32(int number)
    {
        int at = _position;
        if (!Skip(4))
        {
            return false;
        }

        if (number == BootIdField)
        {
            BootId = (uint)(_message[at] | (_message[at + 1] << 8) | (_message[at + 2] << 16) | (_message[at + 3] << 24));
        }

        return true;
    }

    private bool Skip(int bytes)
    {
        _position += bytes;
        return _position <= _message.Length;
    }

    // 64-bit values of unknown fields pass through; their upper bits are of no interest.
    private bool Varint()
    {
        _varint = 0;
        for (int shift = 0; shift < 70 && _position < _message.Length; shift += 7)
        {
            byte part = _message[_position++];
            if (shift < 32)
            {
                _varint |= (uint)(part & 0x7F) << shift;
            }

            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
