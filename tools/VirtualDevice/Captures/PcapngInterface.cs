namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>An interface of a pcapng section: what its packets are and how their time stamps count.</summary>
/// <param name="SnapLength">Bytes kept of a packet; 0 = all.</param>
/// <param name="Resolution"><c>if_tsresol</c>: 10^−n s, or with the top bit set 2^−n s.</param>
/// <param name="OffsetSeconds"><c>if_tsoffset</c>.</param>
internal readonly record struct PcapngInterface(int LinkType, uint SnapLength, byte Resolution, long OffsetSeconds, bool HasFcs)
{
    private const byte Binary = 0x80;

    // A 64-bit count of 10^−28 s or less is under two nanoseconds.
    private const int MaxDecimals = 27;

    /// <summary>Unix time, ns. Times beyond the range of a long end at its ends.</summary>
    public long TimeNs(ulong ticks)
    {
        Int128 ns = (Resolution & Binary) != 0
            ? (Int128)(((UInt128)ticks * 1_000_000_000) >> (Resolution & ~Binary))
            : Resolution > MaxDecimals ? 0 : (Int128)ticks * 1_000_000_000 / (Int128)Math.Pow(10, Resolution);
        ns += (Int128)OffsetSeconds * 1_000_000_000;
        return (long)Int128.Clamp(ns, 0, long.MaxValue);
    }
}
