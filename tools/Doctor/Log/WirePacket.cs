using System.Buffers.Binary;

namespace GatewayAgent.Doctor.Log;

/// <summary>
/// A packet of nanoFramework's Wire Protocol (nf-interpreter a3e8139a1, WireProtocol.h): a head of 32 bytes, little endian, and the payload.
/// A runtime that was built without check sums states 0 for both.
/// </summary>
internal sealed record WirePacket(uint Command, ushort Sequence, uint Flags, byte[] Payload)
{
    public const int HeadBytes = 32;

    /// <summary>Most that a runtime sends or takes (WP_PACKET_SIZE).</summary>
    public const int MaximumPayload = 1024;

    /// <summary>Monitor commands. A message is text of the log: characters, without an end mark.</summary>
    public const uint Ping = 0, Message = 1;

    private const int MarkerBytes = 8, HeadSumAt = 8, PayloadSumAt = 12, CommandAt = 16, SequenceAt = 20, FlagsAt = 24, SizeAt = 28;

    // Of a ping: who asks, and what the runtime is to do. 0 = go on; the program is not stopped.
    private const uint FromHost = 0x00010002;

    /// <summary>Beginnings of a head: a packet, and a debugger that makes itself known.</summary>
    public static ReadOnlySpan<byte> PacketMarker => "NFPKTV1\0"u8;

    public static ReadOnlySpan<byte> DebuggerMarker => "NFDBGV1\0"u8;

    /// <summary>
    /// Asks a runtime to make itself known. It is what switches its log on: until somebody has asked, an ESP32 writes none (Debugger.cpp,
    /// Monitor_Ping; Info.cpp, CLR_Debug::Emit, and no StdioPort_Write in targets/ESP32).
    /// </summary>
    public static WirePacket PingOf(ushort sequence)
    {
        byte[] payload = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, FromHost);
        return new WirePacket(Ping, sequence, 0, payload);
    }

    public byte[] Encode(bool hasSums = true)
    {
        byte[] bytes = new byte[HeadBytes + Payload.Length];
        PacketMarker.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(CommandAt), Command);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(SequenceAt), Sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(FlagsAt), Flags);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(SizeAt), (uint)Payload.Length);
        Payload.CopyTo(bytes, HeadBytes);
        if (hasSums)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PayloadSumAt), WireSum.Of(Payload));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(HeadSumAt), WireSum.Of(bytes.AsSpan(0, HeadBytes)));
        }

        return bytes;
    }

    /// <summary>Length of the payload that a head announces; null when it is none or its sum is wrong.</summary>
    public static int? PayloadOf(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> marker = head[..MarkerBytes];
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(head[SizeAt..]);
        if ((!marker.SequenceEqual(PacketMarker) && !marker.SequenceEqual(DebuggerMarker)) || size > MaximumPayload)
        {
            return null;
        }

        uint stated = BinaryPrimitives.ReadUInt32LittleEndian(head[HeadSumAt..]);
        if (stated != 0)
        {
            byte[] zeroed = head[..HeadBytes].ToArray();
            zeroed.AsSpan(HeadSumAt, sizeof(uint)).Clear();
            return WireSum.Of(zeroed) == stated ? (int)size : null;
        }

        return (int)size;
    }

    /// <summary>Reads a whole packet whose head is good; null when the payload's sum is wrong.</summary>
    public static WirePacket? Parse(ReadOnlySpan<byte> bytes)
    {
        byte[] payload = bytes[HeadBytes..].ToArray();
        uint stated = BinaryPrimitives.ReadUInt32LittleEndian(bytes[PayloadSumAt..]);
        return stated != 0 && WireSum.Of(payload) != stated
            ? null
            : new WirePacket(
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[CommandAt..]),
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[SequenceAt..]),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[FlagsAt..]),
                payload);
    }
}
