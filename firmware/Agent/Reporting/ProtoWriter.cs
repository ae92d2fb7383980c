namespace GatewayAgent.Reporting;

/// <summary>
/// Writes protobuf into one fixed buffer. What does not fit is not written and sets <see cref="Overflowed"/>; nothing is ever written past
/// the end. Not thread-safe.
/// </summary>
public sealed class ProtoWriter
{
    private const int WireVarint = 0, WireLength = 2, WireFixed32 = 5;

    private readonly byte[] _buffer;

    public ProtoWriter(int capacity)
        : this(new byte[capacity])
    {
    }

    /// <param name="buffer">Written from its beginning.</param>
    public ProtoWriter(byte[] buffer)
    {
        _buffer = buffer;
    }

    public byte[] Buffer => _buffer;

    public int Length { get; private set; }

    /// <summary>Something did not fit: the content is of no use.</summary>
    public bool Overflowed { get; private set; }

    public void Reset()
    {
        Length = 0;
        Overflowed = false;
    }

    /// <summary>Goes back to a length that was before: what was written since is gone.</summary>
    public void Rewind(int length)
    {
        Length = length;
        Overflowed = false;
    }

    /// <summary>Bytes of a number as a varint, 1–5.</summary>
    public static int SizeOf(uint value)
    {
        int size = 1;
        while (value >= 0x80)
        {
            value >>= 7;
            size++;
        }

        return size;
    }

    /// <summary>A number whose 0 means absent: writes nothing for 0.</summary>
    public void Count(int field, uint value)
    {
        if (value != 0)
        {
            Number(field, value);
        }
    }

    /// <summary>An <c>optional</c> number: 0 is written as 0.</summary>
    public void Number(int field, uint value)
    {
        Tag(field, WireVarint);
        Element(value);
    }

    /// <summary>An <c>optional</c> number of which negative means unknown: then nothing is written.</summary>
    public void Known(int field, int value)
    {
        if (value >= 0)
        {
            Number(field, (uint)value);
        }
    }

    /// <summary>A <c>sint32</c> whose 0 means absent.</summary>
    public void Signed(int field, int value) => Count(field, Zigzag(value));

    /// <summary>A <c>sint32</c> of a packed list.</summary>
    public void SignedElement(int value) => Element(Zigzag(value));

    public void Fixed32(int field, uint value)
    {
        Tag(field, WireFixed32);
        Raw((byte)value);
        Raw((byte)(value >> 8));
        Raw((byte)(value >> 16));
        Raw((byte)(value >> 24));
    }

    /// <summary>A text of ASCII characters.</summary>
    public void Text(int field, string value)
    {
        int start = Begin(field);
        for (int i = 0; i < value.Length; i++)
        {
            Raw((byte)value[i]);
        }

        End(start);
    }

    /// <summary>Opens a message or a packed list.</summary>
    /// <returns>What <see cref="End"/> needs to close it.</returns>
    public int Begin(int field)
    {
        Tag(field, WireLength);
        Raw(0);
        return Length;
    }

    /// <summary>A number of a packed list.</summary>
    public void Element(uint value)
    {
        while (value >= 0x80)
        {
            Raw((byte)(value | 0x80));
            value >>= 7;
        }

        Raw((byte)value);
    }

    /// <summary>Closes what <see cref="Begin"/> opened; from 128 bytes on the content moves by one to make room for its length.</summary>
    public void End(int start)
    {
        int size = Length - start;
        if (size < 0x80)
        {
            if (!Overflowed)
            {
                _buffer[start - 1] = (byte)size;
            }

            return;
        }

        Raw(0);
        if (Overflowed)
        {
            return;
        }

        for (int i = Length - 1; i > start; i--)
        {
            _buffer[i] = _buffer[i - 1];
        }

        _buffer[start - 1] = (byte)(size | 0x80);
        _buffer[start] = (byte)(size >> 7);
    }

    private static uint Zigzag(int value) => (uint)((value << 1) ^ (value >> 31));

    // One byte up to field 15, two from there on.
    private void Tag(int field, int wireType) => Element((uint)((field << 3) | wireType));

    private void Raw(byte value)
    {
        if (Length == _buffer.Length)
        {
            Overflowed = true;
            return;
        }

        _buffer[Length] = value;
        Length++;
    }
}
