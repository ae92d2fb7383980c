using GatewayAgent.Merging;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>
/// Reports of a node that the collector has not acknowledged, oldest first, in RAM and on flash. The rules are the firmware's (Outbox,
/// Journal, ReportSource); the room of a whole fleet is the reason for another store.
/// </summary>
internal sealed class HeldReports
{
    /// <summary>Reports that a full journal holds.</summary>
    public const int Most = 700;

    private readonly List<Held> _held = [];

    public int Count => _held.Count;

    /// <summary>Of these, never sent.</summary>
    public int UnsentCount => _held.Count(held => !held.IsSent);

    /// <summary>
    /// Of these, sent and to be acknowledged: a word on what was sent past older ones of its boot can come only when these are sent too.
    /// </summary>
    public int AwaitedCount
    {
        get
        {
            int awaited = 0;
            uint? gap = null;
            foreach (Held held in _held)
            {
                gap = held.IsSent ? gap : held.Boot;
                awaited += held.IsSent && held.Boot != gap ? 1 : 0;
            }

            return awaited;
        }
    }

    public bool IsEmpty => Count == 0;

    /// <summary>Lost for want of room, of the running boot: reports and their seconds.</summary>
    public uint LostReports { get; set; }

    public uint LostSeconds { get; set; }

    public void Add(uint boot, uint sequence, uint span, byte[] report, long closedAt, ReportMerger merger)
    {
        if (Count == Most)
        {
            MakeRoom(boot, merger);
        }

        _held.Add(new Held(boot, sequence, sequence, span, report, closedAt));
    }

    /// <summary>The collector has everything of a boot up to a sequence.</summary>
    /// <returns>True when that freed the oldest.</returns>
    public bool FreeThrough(uint boot, uint sequence)
    {
        bool oldest = Count > 0 && _held[0].Boot == boot && _held[0].Sequence <= sequence;
        _held.RemoveAll(held => held.Boot == boot && held.Sequence <= sequence);
        return oldest;
    }

    /// <summary>An end without warning: what closed a moment ago was not on flash yet.</summary>
    /// <returns>Reports that nobody had heard of.</returns>
    public int DropYoung(long since)
    {
        int unheard = _held.RemoveAll(held => held.ClosedAt >= since && !held.IsSent);
        _held.RemoveAll(held => held.ClosedAt >= since);
        return unheard;
    }

    /// <summary>Everything waits again.</summary>
    public void SendAllAgain()
    {
        foreach (Held held in _held)
        {
            held.IsWaiting = true;
        }
    }

    /// <summary>The oldest that waits, of those of a boot above a sequence.</summary>
    public Held? NextLive(uint boot, uint above) => _held.Find(held => held.IsWaiting && held.Boot == boot && held.Sequence > above);

    /// <summary>The oldest that waits.</summary>
    public Held? NextKept() => _held.Find(held => held.IsWaiting);

    public Held? OldestSent => _held.Find(held => held.IsSent);

    public Held? Oldest => Count == 0 ? null : _held[0];

    /// <summary>Sequences of its boot that are held before a report.</summary>
    public uint BacklogOf(Held report)
    {
        uint oldest = _held.Find(held => held.Boot == report.Boot)!.First;
        return report.First - oldest;
    }

    // As the journal does: two windows become one of twice the span. What does not merge goes, and is counted.
    private void MakeRoom(uint boot, ReportMerger merger)
    {
        for (int i = 0; i + 1 < _held.Count; i++)
        {
            bool hasParts = i + 2 < _held.Count && _held[i + 2].Span == 0;
            if (!hasParts && TryMerge(_held[i], _held[i + 1], merger) is { } both)
            {
                _held[i] = both;
                _held.RemoveAt(i + 1);
                return;
            }
        }

        LostReports += _held[0].Boot == boot ? _held[0].Sequence - _held[0].First + 1 : 0;
        LostSeconds += _held[0].Boot == boot ? _held[0].Span : 0;
        _held.RemoveAt(0);
    }

    private static Held? TryMerge(Held older, Held newer, ReportMerger merger)
    {
        if (older.Boot != newer.Boot || older.Span == 0 || newer.Span == 0 || older.Span > newer.Span)
        {
            return null;
        }

        merger.Begin();
        bool isMerged = merger.TryAdd(older.Report, 0, older.Report.Length) && merger.TryAdd(newer.Report, 0, newer.Report.Length)
            && merger.Write() && !merger.HasMore;
        return !isMerged ? null : new Held(
            older.Boot, older.First, newer.Sequence, older.Span + newer.Span, merger.Buffer.AsSpan(0, merger.Length).ToArray(), newer.ClosedAt)
        {
            IsSent = older.IsSent || newer.IsSent,
        };
    }

    /// <summary>A report. The further parts of a window have no span of their own.</summary>
    internal sealed class Held(uint boot, uint first, uint sequence, uint span, byte[] report, long closedAt)
    {
        public uint Boot => boot;

        public uint First => first;

        public uint Sequence => sequence;

        public uint Span => span;

        public byte[] Report => report;

        public long ClosedAt => closedAt;

        public bool IsWaiting { get; set; } = true;

        public bool IsSent { get; set; }
    }
}
