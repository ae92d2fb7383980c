namespace GatewayAgent.Provisioning.Improv;

/// <summary>
/// Finds packets among what else a device writes on its line, log lines for instance, in pieces of any size. A packet whose sum is wrong is
/// dropped, and what looked like it is searched again: a real one may begin inside.
/// </summary>
public sealed class ImprovReader
{
    private readonly List<byte> _held = [];

    /// <summary>Packets dropped because their sum was wrong.</summary>
    public int Damaged { get; private set; }

    /// <returns>The packets that are complete with these bytes, in order.</returns>
    public IReadOnlyList<ImprovPacket> Take(ReadOnlySpan<byte> bytes)
    {
        _held.AddRange(bytes);
        var packets = new List<ImprovPacket>();
        while (Next() is { } packet)
        {
            packets.Add(packet);
        }

        return packets;
    }

    private ImprovPacket? Next()
    {
        while (DropToHead())
        {
            int length = ImprovPacket.HeadBytes + _held[8] + 1;
            if (_held.Count < length)
            {
                return null;
            }

            byte[] packet = [.. _held.Take(length)];
            if (ImprovPacket.Sum(packet.AsSpan(..^1)) == packet[^1])
            {
                _held.RemoveRange(0, length);
                return new ImprovPacket((ImprovPacketType)packet[7], packet[ImprovPacket.HeadBytes..^1]);
            }

            Damaged++;
            _held.RemoveAt(0);
        }

        return null;
    }

    // True when a whole head stands at the beginning; otherwise only what may yet become one is held.
    private bool DropToHead()
    {
        while (_held.Count > 0 && !BeginsLikeHead())
        {
            _held.RemoveAt(0);
        }

        return _held.Count >= ImprovPacket.HeadBytes;
    }

    private bool BeginsLikeHead()
    {
        for (int i = 0; i < Math.Min(_held.Count, ImprovPacket.Magic.Length); i++)
        {
            if (_held[i] != ImprovPacket.Magic[i])
            {
                return false;
            }
        }

        return _held.Count <= ImprovPacket.Magic.Length || _held[ImprovPacket.Magic.Length] == ImprovPacket.Version;
    }
}
