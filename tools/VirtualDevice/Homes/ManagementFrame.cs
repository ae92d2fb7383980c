using System.Buffers.Binary;
using System.Text;

namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>
/// Beacons and probe responses of one access point: 802.11 bytes of which only time stamp, sequence number and BSS Load change.
/// </summary>
internal sealed class ManagementFrame
{
    private const byte BeaconType = 0x80, ProbeResponseType = 0x50;
    private const int SequenceOffset = 22, TimestampOffset = 24, HeaderBytes = 24, FixedBytes = 12;
    private const int LoadBytes = 7;

    private readonly byte[] _bytes;
    private readonly bool _statesLoad;
    private int _sequence;

    public ManagementFrame(byte[] bssid, string ssid, int channel, bool statesLoad)
    {
        _statesLoad = statesLoad;
        byte[] name = Encoding.UTF8.GetBytes(ssid);
        var bytes = new List<byte>(new byte[HeaderBytes + FixedBytes]);
        bytes.AddRange([0, (byte)name.Length, .. name]);
        bytes.AddRange([1, 8, 0x82, 0x84, 0x8B, 0x96, 0x0C, 0x12, 0x18, 0x24]); // supported rates
        bytes.AddRange([3, 1, (byte)channel]); // DS Parameter Set
        bytes.AddRange([50, 4, 0x30, 0x48, 0x60, 0x6C]); // extended supported rates
        bytes.AddRange([45, 26, 0x2C, 0, 0x17, 0xFF, .. new byte[22]]); // HT Capabilities
        bytes.AddRange([61, 22, (byte)channel, .. new byte[21]]); // HT Operation
        if (statesLoad)
        {
            bytes.AddRange([11, 5, 0, 0, 0, 0, 0]); // BSS Load
        }

        _bytes = [.. bytes];
        _bytes.AsSpan(4, 6).Fill(0xFF);
        bssid.CopyTo(_bytes, 10);
        bssid.CopyTo(_bytes, 16);
        _bytes[HeaderBytes + 8] = 100; // beacon interval in units of 1,024 µs
        _bytes[HeaderBytes + 10] = 0x21; // capabilities: ESS, short preamble
    }

    /// <summary>The next frame; valid until the one after it.</summary>
    public ReadOnlySpan<byte> Next(bool isBeacon, long us, int stations, int utilization)
    {
        _bytes[0] = isBeacon ? BeaconType : ProbeResponseType;
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(SequenceOffset), (ushort)(_sequence++ << 4));
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(TimestampOffset), us);
        if (_statesLoad)
        {
            Span<byte> load = _bytes.AsSpan(_bytes.Length - LoadBytes + 2);
            BinaryPrimitives.WriteUInt16LittleEndian(load, (ushort)stations);
            load[2] = (byte)utilization;
        }

        return _bytes;
    }
}
