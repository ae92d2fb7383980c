namespace GatewayAgent.Collector.Store;

/// <summary>Sequences <paramref name="First"/> … <paramref name="Last"/> of one boot, both included; 1 ≤ First ≤ Last.</summary>
internal readonly record struct SequenceRange(uint First, uint Last)
{
    public ulong Length => (ulong)Last - First + 1;

    /// <summary>Whether <paramref name="other"/> lies wholly inside.</summary>
    public bool Contains(SequenceRange other) => First <= other.First && other.Last <= Last;

    /// <summary>How many sequences both have.</summary>
    public ulong Shared(SequenceRange other)
    {
        uint first = Math.Max(First, other.First);
        uint last = Math.Min(Last, other.Last);
        return first <= last ? (ulong)last - first + 1 : 0;
    }
}
