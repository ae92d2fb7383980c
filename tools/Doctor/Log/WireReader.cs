using System.Runtime.InteropServices;

namespace GatewayAgent.Doctor.Log;

/// <summary>
/// Takes a serial line apart, in pieces of any size: packets of the Wire Protocol, and what stands between them, which is text of the chip's
/// own boot code and panic handler. A damaged packet is dropped and counted.
/// </summary>
internal sealed class WireReader
{
    private readonly List<byte> _held = [];

    public int Damaged { get; private set; }

    /// <returns>Text of the log as it comes, from packets and from between them, and every other packet.</returns>
    public IEnumerable<(byte[]? Text, WirePacket? Packet)> Take(ReadOnlySpan<byte> bytes)
    {
        _held.AddRange(bytes);
        var found = new List<(byte[]?, WirePacket?)>();
        while (_held.Count > 0 && TakeOne(found))
        {
        }

        return found;
    }

    /// <summary>What is held although no more comes: it looked like the beginning of a packet.</summary>
    public byte[] Flush()
    {
        byte[] rest = [.. _held];
        _held.Clear();
        return rest;
    }

    // False: more bytes are needed.
    private bool TakeOne(List<(byte[]?, WirePacket?)> found)
    {
        int start = MarkerStart();
        if (start > 0)
        {
            found.Add(([.. _held.Take(start)], null));
            _held.RemoveRange(0, start);
            return true;
        }

        if (_held.Count < WirePacket.HeadBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> held = CollectionsMarshal.AsSpan(_held);
        int? payload = WirePacket.PayloadOf(held);
        if (payload == null)
        {
            Damaged++;
            _held.RemoveRange(0, WirePacket.PacketMarker.Length);
            return true;
        }

        int length = WirePacket.HeadBytes + payload.Value;
        if (held.Length < length)
        {
            return false;
        }

        Add(found, WirePacket.Parse(held[..length]));
        _held.RemoveRange(0, length);
        return true;
    }

    private void Add(List<(byte[]?, WirePacket?)> found, WirePacket? packet)
    {
        if (packet == null)
        {
            Damaged++;
        }
        else
        {
            found.Add(packet.Command == WirePacket.Message ? (packet.Payload, null) : (null, packet));
        }
    }

    // Of a marker, or of what may become one; the length of what is held when there is none.
    private int MarkerStart()
    {
        ReadOnlySpan<byte> held = CollectionsMarshal.AsSpan(_held);
        for (int i = 0; i < held.Length; i++)
        {
            if (IsStart(held[i..], WirePacket.PacketMarker) || IsStart(held[i..], WirePacket.DebuggerMarker))
            {
                return i;
            }
        }

        return held.Length;
    }

    private static bool IsStart(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> marker)
    {
        int length = Math.Min(bytes.Length, marker.Length);
        return bytes[..length].SequenceEqual(marker[..length]);
    }
}
