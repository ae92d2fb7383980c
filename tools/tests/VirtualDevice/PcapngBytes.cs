using System.Buffers.Binary;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>pcapng files made by hand.</summary>
internal sealed class PcapngBytes
{
    private readonly List<byte> _bytes = [];
    private bool _bigEndian;

    public PcapngBytes Section(bool bigEndian = false)
    {
        _bigEndian = bigEndian;
        return Block(0x0A0D0D0A, [.. U32(0x1A2B3C4D), .. U16(1), .. U16(0), .. U32(uint.MaxValue), .. U32(uint.MaxValue)]);
    }

    /// <summary>Options are given as they stand in the block.</summary>
    public PcapngBytes Interface(int linkType = 127, uint snapLength = 0, params byte[] options) =>
        Block(1, [.. U16(linkType), .. U16(0), .. U32(snapLength), .. options]);

    public PcapngBytes Packet(ulong ticks, byte[] data, int interfaceNumber = 0, int? originalLength = null, params byte[] options) =>
        Block(6, [
            .. U32((uint)interfaceNumber), .. U32((uint)(ticks >> 32)), .. U32((uint)ticks),
            .. U32((uint)data.Length), .. U32((uint)(originalLength ?? data.Length)), .. Padded(data), .. options]);

    public PcapngBytes SimplePacket(byte[] data, int? originalLength = null) =>
        Block(3, [.. U32((uint)(originalLength ?? data.Length)), .. Padded(data)]);

    public PcapngBytes Block(uint type, byte[] body)
    {
        byte[] length = U32((uint)(body.Length + 12));
        _bytes.AddRange([.. U32(type), .. length, .. body, .. length]);
        return this;
    }

    public byte[] Option(int code, params byte[] value) => [.. U16(code), .. U16(value.Length), .. Padded(value)];

    public byte[] ToArray() => [.. _bytes];

    private static byte[] Padded(byte[] data) => [.. data, .. new byte[-data.Length & 3]];

    private byte[] U16(int number)
    {
        byte[] two = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(two, (ushort)(_bigEndian ? BinaryPrimitives.ReverseEndianness((ushort)number) : number));
        return two;
    }

    private byte[] U32(uint number)
    {
        byte[] four = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(four, _bigEndian ? BinaryPrimitives.ReverseEndianness(number) : number);
        return four;
    }
}
