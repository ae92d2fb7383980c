namespace GatewayAgent.Reporting;

/// <summary>
/// Walks the fields of a protobuf message in place, without a copy and without an object a field. Whatever the bytes are, it ends, throws
/// nothing and reads nothing outside of what it was given. Not thread-safe.
/// </summary>
public sealed class ProtoReader
{
    private const int WireVarint = 0, WireFixed64 = 1, WireLength = 2, WireFixed32 = 5;

    private byte[] _bytes;
    private int _at;
    private int _end;
    private int _content;
    private int _wire;
    private bool _isWide;

    /// <summary>Number of the field that <see cref="Next"/> found.</summary>
    public int Field { get; private set; }

    /// <summary>Its value, or the number that <see cref="NextElement"/> found; of a content its length.</summary>
    public uint Value { get; private set; }

    /// <summary>The bytes are no message: nothing that was read of it is of use.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The field is a varint that 32 bits hold.</summary>
    public bool IsNumber => _wire == WireVarint && !_isWide;

    public bool IsFixed32 => _wire == WireFixed32;

    /// <summary>The field is a message, a packed list or a text: <see cref="Enter"/> goes in, <see cref="Next"/> goes on behind it.</summary>
    public bool IsContent => _wire == WireLength;

    public void Open(byte[] bytes, int offset, int length)
    {
        _bytes = bytes;
        _at = offset;
        _end = offset + length;
        IsBroken = offset < 0 || length < 0 || length > bytes.Length - offset;
    }

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end, also of a content, and when <see cref="IsBroken"/>.</returns>
    public bool Next()
    {
        if (!NextElement())
        {
            return false;
        }

        Field = (int)(Value >> 3);
        _wire = (int)(Value & 7);
        IsBroken = Field == 0 || _isWide || !ReadValue();
        return !IsBroken;
    }

    /// <summary>Goes into the content of the field.</summary>
    /// <returns>What <see cref="Leave"/> needs.</returns>
    public int Enter()
    {
        int outer = _end;
        _end = _at;
        _at = _content;
        return outer;
    }

    /// <summary>Goes back out, behind the content.</summary>
    public void Leave(int outer)
    {
        _at = _end;
        _end = outer;
    }

    /// <summary>Goes to the next number of a packed list that was entered. One that 32 bits do not hold breaks the message.</summary>
    /// <returns>False at the end of the list and when <see cref="IsBroken"/>.</returns>
    public bool NextElement()
    {
        if (IsBroken || _at == _end)
        {
            return false;
        }

        IsBroken = !ReadVarint() || _isWide;
        return !IsBroken;
    }

    private bool ReadValue()
    {
        switch (_wire)
        {
            case WireVarint:
                return ReadVarint();
            case WireFixed32:
                return ReadFixed32();
            case WireFixed64:
                return Skip(8);
            case WireLength:
                return ReadVarint() && !_isWide && ReadContent();
            default:
                return false;
        }
    }

    private bool ReadFixed32()
    {
        int at = _at;
        if (!Skip(4))
        {
            return false;
        }

        Value = (uint)(_bytes[at] | (_bytes[at + 1] << 8) | (_bytes[at + 2] << 16) | (_bytes[at + 3] << 24));
        return true;
    }

    private bool ReadContent()
    {
        _content = _at;
        return Value <= Limits.ReportBytes && Skip((int)Value);
    }

    private bool Skip(int bytes)
    {
        if (bytes > _end - _at)
        {
            return false;
        }

        _at += bytes;
        return true;
    }

    // 64-bit values of unknown fields pass through.
    private bool ReadVarint()
    {
        Value = 0;
        _isWide = false;
        for (int shift = 0; shift < 70 && _at < _end; shift += 7)
        {
            byte part = _bytes[_at++];
            if (shift < 32)
            {
                Value |= (uint)(part & 0x7F) << shift;
            }

            _isWide |= shift >= 28 && (part & 0x7F) >> (shift == 28 ? 4 : 0) != 0;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
