using GatewayAgent.VirtualDevice.Native;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>
/// Some receivers pad the header of a data frame to a multiple of 4 bytes (radiotap flag 0x20). Those bytes were not on the air: with them
/// in it no FCS matches.
/// </summary>
internal sealed class DataPadding
{
    private const int HeaderBytes = 24, AddressBytes = 6, QosBytes = 2, HtControlBytes = 4;
    private const byte TypeMask = 0x0C, DataType = 0x08, QosSubtype = 0x80;
    private const byte BothDistributionBits = 0x03, OrderBit = 0x80;

    private readonly byte[] _frame = new byte[CaptureReader.MaxPacketBytes];

    /// <summary>The frame without padding; itself when there is none.</summary>
    public ReadOnlyMemory<byte> Remove(ReadOnlyMemory<byte> frame, ref FrameInfo info)
    {
        ReadOnlySpan<byte> bytes = frame.Span;
        int header = HeaderLength(bytes);
        int padding = -header & 3;
        if (padding == 0 || bytes.Length < header + padding)
        {
            return frame;
        }

        bytes[..header].CopyTo(_frame);
        bytes[(header + padding)..].CopyTo(_frame.AsSpan(header));
        info.OnAirLength -= info.OnAirLength == 0 ? 0 : (uint)padding;
        return _frame.AsMemory(0, bytes.Length - padding);
    }

    // 0 for frames that are never padded.
    private static int HeaderLength(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < HeaderBytes || (frame[0] & TypeMask) != DataType)
        {
            return 0;
        }

        int length = HeaderBytes + ((frame[1] & BothDistributionBits) == BothDistributionBits ? AddressBytes : 0);
        if ((frame[0] & QosSubtype) != 0)
        {
            length += QosBytes + ((frame[1] & OrderBit) != 0 ? HtControlBytes : 0);
        }

        return length;
    }
}
