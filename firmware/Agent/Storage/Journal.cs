using System;
using GatewayAgent.Merging;
using GatewayAgent.Ports;

namespace GatewayAgent.Storage;

/// <summary>
/// Reports on flash, oldest first, across boots: a log in files of a block each. New reports go behind the newest; when no file is left, two
/// that stand side by side become one in which adjacent reports are merged, so that an outage of any length fits and only resolution in time
/// is lost. A power cut at any byte costs at most the report being appended. For one thread only; every call may wait for the flash.
/// </summary>
public sealed class Journal
{
    private const int Attempts = 2;

    private readonly IFlash _flash;
    private readonly int _mostSegments, _segmentBytes;
    private readonly SegmentList _segments = new SegmentList();
    private readonly SegmentWriter _writer;
    private readonly FreedRecords _freed;
    private readonly RecordWalk _walk;
    private readonly Compaction _compaction;
    private readonly ReportIdentity _identity = new ReportIdentity();

    // The segment that takes further reports; 0 = none: the next report begins a new one.
    private uint _openNumber;
    private int _cursorIndex, _cursorOffset;

    // While something is freed: a report that stays was passed.
    private bool _stays;

    public Journal(IFlash flash, ReportMerger merger)
        : this(flash, merger, Limits.JournalSegments, Limits.JournalSegmentBytes)
    {
    }

    /// <summary>A smaller one.</summary>
    /// <param name="segments">Files that stay, from 2 to <see cref="Limits.JournalSegments"/>.</param>
    /// <param name="segmentBytes">Size of each, from two headers and a largest report to <see cref="Limits.JournalSegmentBytes"/>.</param>
    public Journal(IFlash flash, ReportMerger merger, int segments, int segmentBytes)
    {
        _flash = flash;
        _mostSegments = segments;
        _segmentBytes = segmentBytes;
        _writer = new SegmentWriter(flash);
        _freed = new FreedRecords(flash, _writer.Buffer);
        _walk = new RecordWalk(flash, _segments, _freed);
        _compaction = new Compaction(flash, _segments, _freed, _walk, _writer, merger, segmentBytes);
    }

    /// <summary>
    /// False after the flash failed: what is on it can perhaps still be read, and nothing is appended until <see cref="Recover"/> has looked again.
    /// </summary>
    public bool IsUsable { get; private set; }

    /// <summary>Reports in it, merged ones counting once.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            for (int i = 0; i < _segments.Count; i++)
            {
                count += _segments.Live[i];
            }

            return count;
        }
    }

    /// <summary>Bytes of its segments on flash.</summary>
    public int Bytes
    {
        get
        {
            int bytes = 0;
            for (int i = 0; i < _segments.Count; i++)
            {
                bytes += _segments.End[i];
            }

            return bytes;
        }
    }

    /// <summary>Sequences that were dropped for want of room or found damaged, and the seconds that they covered.</summary>
    public uint LostReports { get; private set; }

    public uint LostSeconds { get; private set; }

    /// <summary>
    /// Finds what is on flash, at the start and after it failed: discards what a power cut left incomplete, counts what is damaged and rewrites
    /// without it.
    /// </summary>
    /// <returns>False when the flash is of no use.</returns>
    public bool Recover()
    {
        _segments.Clear();
        _openNumber = 0;
        IsUsable = _freed.Load(out bool hasFailed) || (!hasFailed && _freed.Save());
        if (IsUsable)
        {
            _segments.NextNumber = _freed.HighestNumber + 1;
            FindSegments();
        }

        if (IsUsable)
        {
            DropReplaced();
            Repair();
        }
        else
        {
            _segments.Clear();
        }

        Rewind();
        return IsUsable;
    }

    /// <summary>Takes a copy of a report, which is safe on return. Sequences of a boot rise; what is there already is not taken twice.</summary>
    /// <returns>False when it could not be kept.</returns>
    public bool Append(byte[] report, int length)
    {
        if (!IsUsable || length > Limits.ReportBytes || !_identity.Read(report, 0, length))
        {
            return false;
        }

        // A write that fails once may have met a bad block: a new file gets others. What it has left is looked at first.
        for (int i = 0; i < Attempts; i++)
        {
            if (IsKept(_identity))
            {
                return true;
            }

            if (Write(report, length))
            {
                return true;
            }

            Scan();
            _identity.Read(report, 0, length);
        }

        IsUsable = false;
        return false;
    }

    /// <summary>Reading starts again at the oldest report.</summary>
    public void Rewind()
    {
        _cursorIndex = 0;
        _cursorOffset = 0;
    }

    /// <summary>
    /// Copies the report at the cursor and moves on. When what was read is compacted meanwhile, reading goes on at the beginning of its new
    /// segment.
    /// </summary>
    /// <param name="buffer">Of <see cref="Limits.ReportBytes"/>.</param>
    /// <returns>Its length, 0 at the end.</returns>
    public int ReadNext(byte[] buffer)
    {
        if (!Find(true))
        {
            return 0;
        }

        _cursorIndex = _walk.Index;
        _cursorOffset = _walk.NextOffset;
        return CopyFound(buffer);
    }

    /// <summary>Copies the oldest report and leaves the cursor where it is.</summary>
    /// <inheritdoc cref="ReadNext"/>
    public int ReadOldest(byte[] buffer) => Find(false) ? CopyFound(buffer) : 0;

    /// <summary>
    /// Frees the reports of a boot up to a sequence; those of other boots stay, also when they are older. Durable on return.
    /// </summary>
    /// <returns>How many.</returns>
    public int FreeThrough(uint bootId, uint sequence)
    {
        int freed = FreeRecords(bootId, sequence);
        if (freed > 0 && IsUsable)
        {
            DeleteEmpty();
            SaveFreed();
        }

        return freed;
    }

    private void FindSegments()
    {
        byte[] header = _writer.Buffer;
        for (int slot = 0; slot < SegmentList.Capacity; slot++)
        {
            int read = _flash.Read(SegmentList.NameOf(slot), 0, header, SegmentFormat.RecordStart);
            int at = read >= SegmentFormat.HeaderBytes && SegmentFormat.IsHeader(header, 0) ? 0 : SegmentFormat.HeaderBytes;
            if (read == SegmentFormat.RecordStart && SegmentFormat.IsHeader(header, at))
            {
                Insert(slot, header, at);
            }
            else if (read == FlashStatus.Failed)
            {
                // Its slot is not free: nothing may be written before all is known.
                IsUsable = false;
            }
            else if (read >= 0)
            {
                // Incomplete: nothing was in it. Complete and bad in both headers: nobody can know what was.
                LostReports += read == SegmentFormat.RecordStart ? 1u : 0u;
                Delete(slot);
            }
        }
    }

    private void Insert(int slot, byte[] header, int at)
    {
        uint number = SegmentFormat.Get32(header, at + 4);
        _segments.Insert(
            slot, number, SegmentFormat.Get32(header, at + 8), SegmentFormat.Get32(header, at + 12), header[at + 16], header[at + 17] != 0);
        _segments.NextNumber = number >= _segments.NextNumber ? number + 1 : _segments.NextNumber;
    }

    // A compaction that was cut short leaves its old segments beside the new one. When that is complete it stands for them.
    private void DropReplaced()
    {
        for (int i = 0; i < _segments.Count; i++)
        {
            int replaced = _segments.FindReplacedBy(i);
            if (replaced >= 0)
            {
                int loser = IsComplete(i) ? replaced : i;
                if (_walk.HasFailed)
                {
                    IsUsable = false;
                    return;
                }

                Delete(_segments.Slot[loser]);
                _segments.Remove(loser);
                i = -1;
            }
        }
    }

    private bool IsComplete(int index)
    {
        _walk.Start(index, SegmentFormat.RecordStart, index + 1);
        while (_walk.Next())
        {
        }

        return _walk.IsMarked;
    }

    // Counts what is there and what is missing. Damage is rewritten away at once, so that no later start counts it again.
    private void Repair()
    {
        Scan();
        for (int i = 0; i < _segments.Count && IsUsable; i++)
        {
            if (_segments.IsDamaged[i] && _segments.Live[i] > 0)
            {
                Conclude(_compaction.Repair(i), i, i + 1);
            }
        }

        DeleteEmpty();
        if (_segments.Count > 0)
        {
            _freed.ForgetBefore(_segments.From[0]);
        }
    }

    private void Scan()
    {
        for (int i = 0; i < _segments.Count; i++)
        {
            _segments.Live[i] = 0;
            _segments.IsDamaged[i] = false;
            _segments.Touch(i);
        }

        _walk.StartAtFront(_segments.Count);
        while (_walk.Next())
        {
            _segments.Live[_walk.Index]++;
        }

        if (_walk.HasFailed)
        {
            // What could not be read is not missing.
            IsUsable = false;
            return;
        }

        LostReports += _walk.MissingReports;
        LostSeconds += _walk.MissingSeconds;
        int newest = _segments.Count - 1;
        bool isOpen = newest >= 0 && !_walk.IsTorn && !_segments.IsDamaged[newest] && !_segments.IsRewritten[newest];
        _openNumber = isOpen ? _segments.Number[newest] : 0;
    }

    private bool IsKept(ReportIdentity report)
    {
        int newest = _segments.Count - 1;
        return _freed.IsFree(report.BootId, report.Sequence)
            || (newest >= 0 && _segments.LastBoot[newest] == report.BootId && report.Sequence <= _segments.LastSequence[newest]);
    }

    private bool Write(byte[] report, int length)
    {
        int newest = _segments.Count - 1;
        if (_openNumber != 0 && _segments.End[newest] + SegmentFormat.HeadBytes + length <= _segmentBytes)
        {
            _writer.Resume(_segments.Name(newest), _segments.Number[newest], _segments.End[newest]);
            return Put(report, length) && Note(newest, report, length);
        }

        if (!MakeRoom())
        {
            return false;
        }

        int slot = _segments.FreeSlot();
        uint number = _segments.NextNumber++;
        _writer.Begin(SegmentList.NameOf(slot), number, number, number, 0, false);
        if (!Put(report, length))
        {
            return false;
        }

        _openNumber = number;
        return Note(_segments.Insert(slot, number, number, number, 0, false), report, length);
    }

    private bool Put(byte[] report, int length) => _writer.Add(report, 0, length) && _writer.Flush();

    private bool Note(int index, byte[] report, int length)
    {
        _identity.Read(report, 0, length);
        _segments.End[index] = (ushort)_writer.Length;
        _segments.Live[index]++;
        _segments.LastBoot[index] = _identity.BootId;
        _segments.LastSequence[index] = _identity.Sequence;
        _segments.Touch(index);
        return true;
    }

    // Room for one more segment: by merging, and when nothing merges any more by giving up the oldest.
    private bool MakeRoom()
    {
        _openNumber = 0;
        while (IsUsable && _segments.Count >= _mostSegments)
        {
            int pair = _compaction.ChoosePair(_cursorOffset > 0 ? _cursorIndex + 1 : _cursorIndex);
            if (pair >= 0)
            {
                Conclude(_compaction.Merge(pair), pair, pair + 2);
            }
            else
            {
                DropOldest();
            }
        }

        return IsUsable;
    }

    private void Conclude(byte result, int first, int end)
    {
        switch (result)
        {
            case Compaction.Done:
                MoveCursor(first, end, 1);
                break;
            case Compaction.MetDamage:
                Repair();
                break;
            case Compaction.FlashFailed:
                IsUsable = false;
                break;
        }
    }

    // The file shrinks when it is compacted with the next one, or goes when it is empty.
    private void DropOldest()
    {
        _walk.StartAtFront(1);
        if (!_walk.Next() || _walk.IsDamaged)
        {
            Repair();
            return;
        }

        LostReports += _walk.Identity.Merged + 1;
        LostSeconds += _walk.Identity.Part == 0 ? _walk.Identity.Span : 0;
        int needed = _segments.Needed[0] - SegmentFormat.HeadBytes - _walk.Length;
        _segments.Needed[0] = (ushort)(needed > 0 ? needed : 0);
        _segments.Live[0]--;
        _freed.SetFront(_segments.Number[0], _walk.NextOffset);
        DeleteEmpty();
    }

    private int FreeRecords(uint bootId, uint sequence)
    {
        int freed = 0;
        bool canMark = _freed.HasRoomFor(bootId), needsMark = false;
        _stays = false;
        for (int i = 0; i < _segments.Count && (canMark || !_stays); i++)
        {
            int live = _segments.Live[i];
            if (IsWhollyOf(i, bootId) && _segments.LastSequence[i] <= sequence)
            {
                _segments.Live[i] = 0;
            }
            else if (MayHold(i, bootId))
            {
                needsMark |= FreeIn(i, bootId, sequence, canMark);
            }

            freed += live - _segments.Live[i];
            _stays |= _segments.Live[i] > 0;
        }

        if (needsMark)
        {
            _freed.Mark(bootId, sequence, _segments.From[_segments.Count - 1]);
        }

        return freed;
    }

    // True when something was freed behind a report that stays.
    private bool FreeIn(int index, uint bootId, uint sequence, bool canMark)
    {
        bool isBehind = false;
        _walk.Start(index, _freed.StartOf(_segments.Number[index]), index + 1);
        while (_walk.Next())
        {
            bool isMeant = _walk.Identity.BootId == bootId && _walk.Identity.Sequence <= sequence;
            if (isMeant && (canMark || !_stays))
            {
                _segments.Live[index] -= (ushort)(_segments.Live[index] > 0 ? 1 : 0);
                isBehind |= _stays;
            }

            else if (!_stays)
            {
                _stays = true;
                _freed.SetFront(_segments.Number[index], _walk.Offset);
            }
        }

        return isBehind;
    }

    // Boots stand one behind the other, so the last records of two neighbours tell whose the records between them are.
    private bool IsWhollyOf(int index, uint bootId) =>
        index > 0 && _segments.LastBoot[index] == bootId && _segments.LastBoot[index - 1] == bootId;

    private bool MayHold(int index, uint bootId) =>
        index == 0 || _segments.LastBoot[index] == bootId || _segments.LastBoot[index - 1] != _segments.LastBoot[index]
        || _segments.LastBoot[index - 1] == bootId;

    private void DeleteEmpty()
    {
        for (int i = _segments.Count - 1; i >= 0; i--)
        {
            if (_segments.Live[i] == 0 && IsUsable)
            {
                Delete(_segments.Slot[i]);
                _openNumber = _segments.Number[i] == _openNumber ? 0 : _openNumber;
                _segments.Remove(i);
                MoveCursor(i, i + 1, 0);
            }
        }
    }

    private void SaveFreed()
    {
        if (_segments.Count == 0)
        {
            _freed.ForgetBefore(uint.MaxValue);
            return;
        }

        _freed.ForgetBefore(_segments.From[0]);
        IsUsable &= !_freed.IsNeededFrom(_segments.Number[0]) || _freed.Save();
    }

    // Segments in a row have become one, or none.
    private void MoveCursor(int first, int end, int left)
    {
        if (_cursorIndex >= end)
        {
            _cursorIndex -= end - first - left;
        }
        else if (_cursorIndex >= first)
        {
            _cursorIndex = first;
            _cursorOffset = 0;
        }
    }

    private bool Find(bool atCursor)
    {
        StartReading(atCursor);
        bool isFound = _walk.Next();
        IsUsable &= !_walk.HasFailed;
        if (!_walk.IsDamaged || !IsUsable)
        {
            return isFound;
        }

        Repair();
        StartReading(atCursor);
        return _walk.Next();
    }

    private void StartReading(bool atCursor)
    {
        int index = atCursor ? _cursorIndex : 0, offset = atCursor ? _cursorOffset : 0;
        int start = index < _segments.Count ? _freed.StartOf(_segments.Number[index]) : 0;
        _walk.Start(index, offset > start ? offset : start, _segments.Count);
    }

    private int CopyFound(byte[] buffer)
    {
        Array.Copy(_walk.Buffer, _walk.At, buffer, 0, _walk.Length);
        return _walk.Length;
    }

    private void Delete(int slot) => IsUsable &= _flash.Delete(SegmentList.NameOf(slot));
}
