using System.Buffers.Binary;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>Walks the options of a pcapng block up to the first that does not fit.</summary>
internal ref struct PcapngOptions(ReadOnlySpan<byte> options, bool bigEndian)
{
    private const int HeadBytes = 4;

    private ReadOnlySpan<byte> _rest = options;

    public int Code { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        if (_rest.Length < HeadBytes)
        {
            return false;
        }

        Code = U16(_rest);
        int length = U16(_rest[2..]);
        int padded = (length + 3) & ~3;
        if (Code == 0 || padded > _rest.Length - HeadBytes)
        {
            return false;
        }

        Value = _rest.Slice(HeadBytes, length);
        _rest = _rest[(HeadBytes + padded)..];
        return true;
    }

    private readonly ushort U16(ReadOnlySpan<byte> bytes) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
