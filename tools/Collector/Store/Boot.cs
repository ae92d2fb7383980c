using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// What a store knows of one boot of one node: a few numbers, however long it runs.
/// </summary>
internal sealed class Boot(long key, long nodeKey, string home, string node, uint bootId)
{
    public long Key { get; } = key;

    public long NodeKey { get; } = nodeKey;

    public string Home { get; } = home;

    public string Node { get; } = node;

    public uint BootId { get; } = bootId;

    /// <summary>Every sequence up to here is stored, kept aside or declared as never coming: what the node is told.</summary>
    public uint AckedThrough { get; private set; }

    /// <summary>Largest sequence stored or kept aside: a range above it cannot have been seen before.</summary>
    public uint Highest { get; private set; }

    /// <summary>When its uptime was 0, Unix milliseconds; null until a report has come.</summary>
    public long? StartedMs { get; private set; }

    /// <summary>Whether <see cref="StartedMs"/> is as the node states it; else it is estimated from when its reports came in.</summary>
    public bool IsStartStated { get; private set; }

    /// <summary>When anything of it was received last, Unix milliseconds.</summary>
    public long LastReceivedMs { get; private set; }

    /// <summary>How its last windows were for users: 2 = bad, 0 = not; + 1 = the very last was otherwise.</summary>
    public int Mood { get; private set; }

    /// <summary>Whether something settled may lie beyond a gap.</summary>
    public bool HasGap => Highest > AckedThrough;

    /// <summary>Takes what the store holds.</summary>
    public void Restore(uint ackedThrough, uint highest, long? startedMs, bool isStartStated, long lastReceivedMs, int mood) =>
        (AckedThrough, Highest, StartedMs, IsStartStated, LastReceivedMs, Mood) = (ackedThrough, highest, startedMs, isStartStated, lastReceivedMs, mood);

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

    /// <summary>Batches and collectors need not be in order; what lies further ahead is of a clock that was set back.</summary>
    public void Receive(long receivedAtMs) =>
        LastReceivedMs = LastReceivedMs > receivedAtMs + WindowTime.ClockErrorMs ? receivedAtMs : Math.Max(LastReceivedMs, receivedAtMs);

    /// <summary>Takes how its newest window was for users; true when it is no longer as it was, for the second window in a row.</summary>
    public bool Feel(bool isBad)
    {
        bool wasBad = Mood >= 2, wasDoubted = Mood % 2 == 1;
        bool hasTurned = isBad != wasBad && wasDoubted;
        Mood = (hasTurned == wasBad ? 0 : 2) + (isBad != wasBad && !wasDoubted ? 1 : 0);
        return hasTurned;
    }

    /// <summary>
    /// Learns from a report when the boot began. The first time that is stated holds; until one is, the least that reception allows.
    /// </summary>
    /// <returns>When it was thought to have begun before, if reports were placed by that: they lie elsewhere now. Else null.</returns>
    public long? LearnStart(Report report, long receivedAtMs)
    {
        if (IsStartStated)
        {
            return null;
        }

        long? before = StartedMs;
        if (WindowTime.StatedBoot(report, receivedAtMs) is { } stated)
        {
            (StartedMs, IsStartStated) = (stated, true);
            return before == stated ? null : before;
        }

        long estimate = WindowTime.EstimatedBoot(report, receivedAtMs);
        if (before <= estimate + WindowTime.EstimateSlackMs)
        {
            return null;
        }

        StartedMs = estimate;
        return before;
    }

    public Ack Acknowledgement() => new() { BootId = BootId, Sequence = AckedThrough };
}
