using System.Buffers.Binary;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>802.11 frames made by hand.</summary>
internal static class FrameBytes
{
    /// <summary>A beacon of the AP with this number.</summary>
    public static byte[] Beacon(int ap, int channel, int? utilization = null, int stations = 0)
    {
        var frame = new List<byte> { 0x80, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF };
        byte[] bssid = Address(ap);
        frame.AddRange(bssid);
        frame.AddRange(bssid);
        frame.AddRange(new byte[2 + 12]);
        frame.AddRange([0, 4, (byte)'t', (byte)'e', (byte)'s', (byte)'t', 3, 1, (byte)channel]);
        if (utilization is { } load)
        {
            frame.AddRange([11, 5, (byte)stations, (byte)(stations >> 8), (byte)load, 0, 0]);
        }

        return [.. frame];
    }

    public static byte[] ProbeResponse(int ap, int channel, int? utilization = null)
    {
        byte[] frame = Beacon(ap, channel, utilization);
        frame[0] = 0x50;
        return frame;
    }

    /// <summary>A QoS data frame with this much payload.</summary>
    public static byte[] QosData(int payload)
    {
        byte[] frame = new byte[26 + payload];
        frame[0] = 0x88;
        frame[1] = 0x01;
        return frame;
    }

    public static byte[] WithFcs(byte[] frame)
    {
        byte[] with = [.. frame, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(with.AsSpan(frame.Length), Crc32(frame));
        return with;
    }

    private static byte[] Address(int ap) => [2, 0, 0, 0, (byte)(ap >> 8), (byte)ap];

    private static uint Crc32(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte next in bytes)
        {
            crc ^= next;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
