using System.Buffers.Binary;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>pcap files made by hand.</summary>
internal sealed class PcapBytes
{
    private readonly List<byte> _bytes = [];
    private readonly bool _bigEndian;
    private readonly bool _nanoseconds;

    public PcapBytes(int linkType = 127, bool bigEndian = false, bool nanoseconds = false)
    {
        _bigEndian = bigEndian;
        _nanoseconds = nanoseconds;
        Add(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4, 0x0004_0002, 0, 0, 262144, (uint)linkType);
    }

    /// <summary>Adds a packet.</summary>
    /// <param name="seconds">Unix time.</param>
    /// <param name="originalLength">When it was cut.</param>
    public PcapBytes Packet(decimal seconds, byte[] data, int? originalLength = null)
    {
        uint whole = (uint)seconds;
        Add(whole, (uint)((seconds - whole) * (_nanoseconds ? 1_000_000_000 : 1_000_000)), (uint)data.Length, (uint)(originalLength ?? data.Length));
        _bytes.AddRange(data);
        return this;
    }

    public PcapBytes Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private void Add(params uint[] numbers)
    {
        byte[] four = new byte[4];
        foreach (uint number in numbers)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(four, _bigEndian ? BinaryPrimitives.ReverseEndianness(number) : number);
            _bytes.AddRange(four);
        }
    }
}
