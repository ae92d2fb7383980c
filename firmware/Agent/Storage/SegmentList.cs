namespace GatewayAgent.Storage;

/// <summary>
/// What is known in RAM of the segments, oldest first. Parallel arrays: arrays of objects or structs cost many times as much on the device.
/// </summary>
internal sealed class SegmentList
{
    /// <summary>One more than stay, for the one that a compaction writes.</summary>
    public const int Capacity = Limits.JournalSegments + 1;

    private static readonly string[] _names =
    {
        "j00", "j01", "j02", "j03", "j04", "j05", "j06", "j07", "j08", "j09", "j10", "j11", "j12",
        "j13", "j14", "j15", "j16", "j17", "j18", "j19", "j20", "j21", "j22", "j23", "j24",
    };

    public readonly byte[] Slot = new byte[Capacity];
    public readonly byte[] Level = new byte[Capacity];

    /// <summary>Rises with every segment ever begun.</summary>
    public readonly uint[] Number = new uint[Capacity];

    /// <summary>The numbers whose records it holds: its own, or those of the segments it replaces. Their order is the order of the records.</summary>
    public readonly uint[] From = new uint[Capacity];
    public readonly uint[] Through = new uint[Capacity];

    /// <summary>Bytes of the file.</summary>
    public readonly ushort[] End = new ushort[Capacity];

    /// <summary>Reports in it that are not free.</summary>
    public readonly ushort[] Live = new ushort[Capacity];

    /// <summary>Boot and sequence of its last record, free or not.</summary>
    public readonly uint[] LastBoot = new uint[Capacity];
    public readonly uint[] LastSequence = new uint[Capacity];

    /// <summary>Bytes that it and the next one would need when compacted; 0 = not tried since one of them changed.</summary>
    public readonly ushort[] Needed = new ushort[Capacity];

    public readonly bool[] IsRewritten = new bool[Capacity];
    public readonly bool[] IsDamaged = new bool[Capacity];

    public int Count { get; private set; }

    /// <summary>Of the next segment. Not used twice, so that nothing old is taken for something new; 32 bits outlive any flash.</summary>
    public uint NextNumber { get; set; }

    public static string NameOf(int slot) => _names[slot];

    public string Name(int index) => _names[Slot[index]];

    public void Clear() => Count = 0;

    /// <summary>Makes place for a segment behind those that hold older records.</summary>
    /// <returns>Its index.</returns>
    public int Insert(int slot, uint number, uint from, uint through, int level, bool isRewritten)
    {
        int index = Count;
        Count++;
        while (index > 0 && From[index - 1] > from)
        {
            Move(index - 1, index);
            index--;
        }

        Set(index, slot, number, from, through, level, isRewritten);
        return index;
    }

    public void Set(int index, int slot, uint number, uint from, uint through, int level, bool isRewritten)
    {
        Slot[index] = (byte)slot;
        Level[index] = (byte)level;
        Number[index] = number;
        From[index] = from;
        Through[index] = through;
        IsRewritten[index] = isRewritten;
        IsDamaged[index] = false;
        End[index] = SegmentFormat.RecordStart;
        Live[index] = 0;
        LastBoot[index] = 0;
        LastSequence[index] = 0;
        Touch(index);
    }

    public void Remove(int index)
    {
        Touch(index);
        Count--;
        for (int i = index; i < Count; i++)
        {
            Move(i + 1, i);
        }
    }

    /// <summary>A segment has changed: it may be worth another try to compact it.</summary>
    public void Touch(int index)
    {
        Needed[index] = 0;
        if (index > 0)
        {
            Needed[index - 1] = 0;
        }
    }

    /// <returns>An older segment that this one was written to replace, and that is still there; −1 when there is none.</returns>
    public int FindReplacedBy(int index)
    {
        for (int i = 0; i < Count && IsRewritten[index]; i++)
        {
            if (Number[i] < Number[index] && From[i] >= From[index] && Through[i] <= Through[index])
            {
                return i;
            }
        }

        return -1;
    }

    /// <returns>A slot without a segment, or −1.</returns>
    public int FreeSlot()
    {
        for (int slot = 0; slot < Capacity; slot++)
        {
            if (!IsTaken(slot))
            {
                return slot;
            }
        }

        return -1;
    }

    private bool IsTaken(int slot)
    {
        for (int i = 0; i < Count; i++)
        {
            if (Slot[i] == slot)
            {
                return true;
            }
        }

        return false;
    }

    private void Move(int from, int to)
    {
        Slot[to] = Slot[from];
        Level[to] = Level[from];
        Number[to] = Number[from];
        From[to] = From[from];
        Through[to] = Through[from];
        End[to] = End[from];
        Live[to] = Live[from];
        LastBoot[to] = LastBoot[from];
        LastSequence[to] = LastSequence[from];
        Needed[to] = Needed[from];
        IsRewritten[to] = IsRewritten[from];
        IsDamaged[to] = IsDamaged[from];
    }
}
