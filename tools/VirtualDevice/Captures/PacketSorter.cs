using System.Buffers;
using System.Runtime.InteropServices;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>
/// Puts packets in the order of their times as far as captures mix them up: receivers and interfaces are some tens of ms apart. A packet
/// is held back until one dated <see cref="HoldNs"/> later was read. Memory is bounded: beyond <see cref="MaxHeldBytes"/> the oldest goes on.
/// </summary>
internal sealed class PacketSorter(CaptureReader reader)
{
    /// <summary>How far a packet may be out of order, ns.</summary>
    public const long HoldNs = 2_000_000_000;

    /// <summary>Packet data held at most: two seconds of a busy channel are a tenth of it.</summary>
    public const int MaxHeldBytes = 16 << 20;

    private readonly PriorityQueue<CapturePacket, (long TimeNs, long Number)> _held = new();
    private long _number;
    private long _heldBytes;
    private long _newestNs = long.MinValue;
    private byte[] _given = [];
    private bool _atEnd;

    /// <summary>Time of the packet that stands first in the file, ns; 0 before the first is read.</summary>
    public long FirstTimeNs { get; private set; }

    /// <summary>Takes the oldest packet. Its data are valid until the next is taken.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="CaptureException">See <see cref="CaptureReader.TryRead"/>.</exception>
    public bool TryTake(out CapturePacket packet)
    {
        ArrayPool<byte>.Shared.Return(_given);
        _given = [];
        while (!_atEnd && !IsOldestDue())
        {
            Hold();
        }

        if (!_held.TryDequeue(out packet, out _))
        {
            return false;
        }

        _heldBytes -= packet.Data.Length;
        MemoryMarshal.TryGetArray(packet.Data, out ArraySegment<byte> data);
        _given = data.Array!;
        return true;
    }

    private bool IsOldestDue() => _held.TryPeek(out _, out (long TimeNs, long Number) oldest)
        && (_newestNs - oldest.TimeNs >= HoldNs || _heldBytes > MaxHeldBytes);

    private void Hold()
    {
        if (!reader.TryRead(out CapturePacket packet))
        {
            _atEnd = true;
            return;
        }

        if (_number == 0)
        {
            FirstTimeNs = packet.TimeNs;
        }

        byte[] data = ArrayPool<byte>.Shared.Rent(packet.Data.Length);
        packet.Data.CopyTo(data);
        _held.Enqueue(packet with { Data = data.AsMemory(0, packet.Data.Length) }, (packet.TimeNs, _number++));
        _heldBytes += packet.Data.Length;
        _newestNs = Math.Max(_newestNs, packet.TimeNs);
    }
}
