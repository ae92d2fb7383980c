using System.Buffers.Binary;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>
/// Reads radiotap headers (radiotap.org). Whatever the bytes are, nothing is thrown: a field that does not fit, or whose size is not
/// known, ends the walk, and what was read before it counts.
/// </summary>
internal ref struct RadiotapReader
{
    private const int FixedBytes = 8, PresentWordBytes = 4;
    private const int RadiotapNamespaceBit = 29, VendorNamespaceBit = 30, MoreBit = 31;
    private const int VendorHeadBytes = 6;

    private readonly ReadOnlySpan<byte> _header;
    private int _at;
    private RadiotapHeader _read;

    private RadiotapReader(ReadOnlySpan<byte> header)
    {
        _header = header;
        _at = FixedBytes;
        _read.Length = header.Length;
    }

    /// <summary>Reads the header at the start of a packet.</summary>
    /// <returns>False when it does not even say where the frame begins.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out RadiotapHeader header)
    {
        header = default;
        if (packet.Length < FixedBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(packet[2..]);
        if (length < FixedBytes || length > packet.Length)
        {
            return false;
        }

        var reader = new RadiotapReader(packet[..length]);
        reader.Read();
        header = reader._read;
        return true;
    }

    // Size and alignment of the fields of the radiotap namespace; (0, 0) = not known.
    private static (int Size, int Alignment) Shape(int field) => field switch
    {
        0 => (8, 8), // TSFT: the receiver's clock, not the capture's
        1 or 2 or 5 or 6 or 10 or 11 or 12 or 13 or 16 or 17 or 26 => (1, 1),
        3 => (4, 2),
        4 or 7 or 8 or 9 or 14 or 15 => (2, 2),
        18 => (8, 4),
        19 => (3, 1),
        20 => (8, 4),
        21 => (12, 2),
        22 => (12, 8),
        23 or 24 => (12, 2),
        25 => (6, 2),
        27 => (4, 2),
        _ => (0, 0),
    };

    private void Read()
    {
        if (!SkipPresentWords())
        {
            return;
        }

        bool isVendor = false;
        int firstField = 0;
        for (int word = PresentWordBytes; ; word += PresentWordBytes)
        {
            uint present = BinaryPrimitives.ReadUInt32LittleEndian(_header[word..]);
            if (!isVendor && !ReadFields(present, firstField))
            {
                return;
            }

            if (!Has(present, MoreBit) || !EnterNext(present, ref isVendor, ref firstField))
            {
                return;
            }
        }
    }

    // What the next present word is about. False when a vendor's data leave the header.
    private bool EnterNext(uint present, ref bool isVendor, ref int firstField)
    {
        bool vendorNext = Has(present, VendorNamespaceBit);
        bool isRestarted = vendorNext || Has(present, RadiotapNamespaceBit);

        // Without a new namespace the next word goes on with fields 32 to 63.
        firstField = isRestarted ? 0 : firstField + 32;
        isVendor = isRestarted ? vendorNext : isVendor;
        return !vendorNext || SkipVendorData();
    }

    private static bool Has(uint present, int bit) => (present >> bit & 1) != 0;

    // The chain of present words stands before the first field; false when it runs out of the header.
    private bool SkipPresentWords()
    {
        int word = PresentWordBytes;
        while (Has(BinaryPrimitives.ReadUInt32LittleEndian(_header[word..]), MoreBit))
        {
            word += PresentWordBytes;
            if (word + PresentWordBytes > _header.Length)
            {
                return false;
            }
        }

        _at = word + PresentWordBytes;
        return true;
    }

    // A vendor's data states its own length and says nothing to us.
    private bool SkipVendorData()
    {
        int head = Align(_at, 2);
        if (head + VendorHeadBytes > _header.Length)
        {
            return false;
        }

        _at = head + VendorHeadBytes + BinaryPrimitives.ReadUInt16LittleEndian(_header[(head + 4)..]);
        return _at <= _header.Length;
    }

    private bool ReadFields(uint present, int firstField)
    {
        for (int bit = 0; bit < RadiotapNamespaceBit; bit++)
        {
            if (!Has(present, bit))
            {
                continue;
            }

            (int size, int alignment) = Shape(firstField + bit);
            if (size == 0)
            {
                return false;
            }

            int start = Align(_at, alignment);
            if (start + size > _header.Length)
            {
                return false;
            }

            Take(firstField + bit, _header.Slice(start, size));
            _at = start + size;
        }

        return true;
    }

    private void Take(int field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case 1:
                _read.Flags ??= (RadiotapFlags)value[0];
                break;
            case 2:
                _read.Rate ??= value[0];
                break;
            case 3:
                _read.FrequencyMhz ??= BinaryPrimitives.ReadUInt16LittleEndian(value);
                break;
            case 5:
                _read.SignalDbm ??= (sbyte)value[0];
                break;
            case 6:
                _read.NoiseDbm ??= (sbyte)value[0];
                break;
            case 18:
                _read.FrequencyMhz ??= BinaryPrimitives.ReadUInt16LittleEndian(value[4..]);
                break;
            case 19:
                _read.Mcs ??= new RadiotapMcs(value[0], value[1], value[2]);
                break;
            case 20:
                _read.AmpduReference ??= BinaryPrimitives.ReadUInt32LittleEndian(value);
                break;
            case 21:
                _read.Vht ??= RadiotapVht.Read(value);
                break;
            case 23:
                _read.He ??= RadiotapHe.Read(value);
                break;
        }
    }

    private static int Align(int at, int alignment) => (at + alignment - 1) / alignment * alignment;
}
