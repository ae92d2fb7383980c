using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// What the writer remembers of one boot of one node: four numbers, however long it runs.
/// </summary>
internal sealed class Boot(long key, string home, string node, uint bootId, uint ackedThrough, uint highest)
{
    public long Key { get; } = key;

    public string Home { get; } = home;

    public string Node { get; } = node;

    public uint BootId { get; } = bootId;

    /// <summary>Every sequence up to here is stored, kept aside or declared as never coming: what the node is told.</summary>
    public uint AckedThrough { get; private set; } = ackedThrough;

    /// <summary>Largest sequence stored or kept aside: a range above it cannot have been seen before.</summary>
    public uint Highest { get; private set; } = highest;

    /// <summary>Whether something settled may lie beyond a gap.</summary>
    public bool HasGap => Highest > AckedThrough;

    public void Settle(SequenceRange range)
    {
        Highest = Math.Max(Highest, range.Last);
        if (range.First <= (ulong)AckedThrough + 1)
        {
            AckedThrough = Math.Max(AckedThrough, range.Last);
        }
    }

    /// <summary>The node has said that nothing older than <paramref name="floor"/> will be sent again.</summary>
    public void DeclareGoneBefore(uint floor)
    {
        if (floor > 0)
        {
            AckedThrough = Math.Max(AckedThrough, floor - 1);
        }
    }

    public Ack Acknowledgement() => new() { BootId = BootId, Sequence = AckedThrough };
}
