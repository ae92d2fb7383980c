using GatewayAgent.Merging;
using GatewayAgent.Ports;

namespace GatewayAgent.Storage;

/// <summary>
/// Rewrites segments that stand side by side into one, which becomes valid by the last bytes written of it; only then the old ones go. A power
/// cut anywhere leaves either them or the new one. Two adjacent windows become one of twice the span, here and there three become one, because
/// a merged report is a little larger than either; what does not merge stays as it is.
/// </summary>
internal sealed class Compaction
{
    /// <summary>What became of it. Met damage: nothing was changed, because what is missing has to be counted first.</summary>
    public const byte FlashFailed = 0, Done = 1, NoGain = 2, MetDamage = 3;

    private const int LevelMax = 63;

    // The last group of windows may end a little beyond the plan: a sixteenth is kept for it.
    private const int Reserve = 16;

    private readonly IFlash _flash;
    private readonly SegmentList _segments;
    private readonly FreedRecords _freed;
    private readonly RecordWalk _walk;
    private readonly SegmentWriter _writer;
    private readonly ReportMerger _merger;
    private readonly int _segmentBytes;
    private int _needed, _live, _most;
    private bool _hasFailed;

    public Compaction(
        IFlash flash, SegmentList segments, FreedRecords freed, RecordWalk walk, SegmentWriter writer, ReportMerger merger, int segmentBytes)
    {
        _flash = flash;
        _segments = segments;
        _freed = freed;
        _walk = walk;
        _writer = writer;
        _merger = merger;
        _segmentBytes = segmentBytes;
    }

    /// <summary>
    /// The pair to compact: of equal level if there is one, so that reports of like spans meet; of the lowest level, so that resolution fades
    /// evenly; the oldest of these.
    /// </summary>
    /// <param name="unread">Pairs from this segment on come first: what was read may be under way, and should stay what it is.</param>
    /// <returns>Index of its older segment, −1 when no pair would gain anything.</returns>
    public int ChoosePair(int unread)
    {
        int best = -1, bestCost = int.MaxValue;
        for (int i = 0; i + 1 < _segments.Count; i++)
        {
            int cost = Cost(i) + (i < unread ? 1000 : 0);
            if (_segments.Needed[i] <= _segmentBytes && cost < bestCost)
            {
                best = i;
                bestCost = cost;
            }
        }

        return best;
    }

    /// <summary>Two segments into one.</summary>
    public byte Merge(int first)
    {
        int level = _segments.Level[first] > _segments.Level[first + 1] ? _segments.Level[first] : _segments.Level[first + 1];
        return Rewrite(first, first + 2, FitsUnmerged(first) || level == LevelMax ? level : level + 1, true);
    }

    /// <summary>A segment without its damage.</summary>
    public byte Repair(int index) => Rewrite(index, index + 1, _segments.Level[index], false);

    private int Cost(int first)
    {
        if (FitsUnmerged(first))
        {
            return 0;
        }

        int older = _segments.Level[first], newer = _segments.Level[first + 1];
        return 1 + older + newer + (older == newer ? 0 : 200);
    }

    private bool FitsUnmerged(int first) => BytesBefore(first, first + 2) + SegmentFormat.HeadBytes <= _segmentBytes;

    private int BytesBefore(int first, int end)
    {
        int bytes = SegmentFormat.RecordStart;
        for (int i = first; i < end; i++)
        {
            bytes += _segments.End[i] - SegmentFormat.RecordStart;
        }

        return bytes;
    }

    private byte Rewrite(int first, int end, int level, bool isMerging)
    {
        int slot = _segments.FreeSlot();
        uint number = _segments.NextNumber++, from = _segments.From[first], through = _segments.Through[end - 1];
        if (slot < 0)
        {
            return FlashFailed;
        }

        _writer.Begin(SegmentList.NameOf(slot), number, from, through, level, true);
        _needed = _writer.Length + SegmentFormat.HeadBytes;
        _live = 0;

        // A full segment that loses less than the mark of its repaired copy may grow by it: it has to be repaired.
        _most = isMerging ? _segmentBytes : _segmentBytes + SegmentFormat.HeadBytes;
        _hasFailed = false;
        _walk.Start(first, _freed.StartOf(_segments.Number[first]), end);
        if (isMerging)
        {
            CopyMerged(first);
        }
        else
        {
            Copy(int.MaxValue);
        }

        // What could not be read must not go with its old file.
        _hasFailed |= _walk.HasFailed;
        if (_hasFailed)
        {
            return FlashFailed;
        }

        if (_needed > _most || (isMerging && _walk.IsDamaged))
        {
            _segments.Needed[first] = (ushort)_needed;
            return !_flash.Delete(SegmentList.NameOf(slot)) ? FlashFailed : _walk.IsDamaged ? MetDamage : NoGain;
        }

        if (!_writer.Commit())
        {
            return FlashFailed;
        }

        bool areGone = DeleteFiles(first, end);
        uint lastBoot = _segments.LastBoot[end - 1], lastSequence = _segments.LastSequence[end - 1];
        for (int i = end - 1; i > first; i--)
        {
            _segments.Remove(i);
        }

        _segments.Set(first, slot, number, from, through, level, true);
        _segments.End[first] = (ushort)_writer.Length;
        _segments.Live[first] = (ushort)_live;
        _segments.LastBoot[first] = lastBoot;
        _segments.LastSequence[first] = lastSequence;
        return areGone ? Done : FlashFailed;
    }

    private bool DeleteFiles(int first, int end)
    {
        bool areGone = true;
        for (int i = first; i < end; i++)
        {
            areGone &= _flash.Delete(_segments.Name(i));
        }

        return areGone;
    }

    private void CopyMerged(int first)
    {
        int least = FitsUnmerged(first) ? 1 : 2, most = least;
        bool isMore = _walk.Next();
        while (isMore)
        {
            int index = _walk.Index, offset = _walk.Offset, added = 0, windows = 0;
            _merger.Begin();
            while (isMore && !(windows == most && _walk.Identity.Part == 0) && _merger.TryAdd(_walk.Buffer, _walk.At, _walk.Length))
            {
                windows += added == 0 || _walk.Identity.Part == 0 ? 1 : 0;
                added++;
                isMore = _walk.Next();
            }

            if (windows > 1 && _merger.Write())
            {
                PutMerged();
            }
            else
            {
                _walk.Return(index, offset);
                Copy(added > 0 ? added : 1);
                isMore = _walk.Next();
            }

            most = isMore && IsBehindPlan(first) ? most + 1 : least;
        }
    }

    // More is written than the share that was read allows: the rest would not fit.
    private bool IsBehindPlan(int first)
    {
        int read = BytesBefore(first, _walk.Index) + _walk.Offset - SegmentFormat.RecordStart;
        int room = _segmentBytes - (_segmentBytes / Reserve);
        return _needed > room * read / BytesBefore(first, first + 2);
    }

    private void PutMerged()
    {
        Put(_merger.Buffer, 0, _merger.Length);
        while (_merger.HasMore && _merger.WriteNext())
        {
            Put(_merger.Buffer, 0, _merger.Length);
        }
    }

    private void Copy(int count)
    {
        for (int i = 0; i < count && _walk.Next(); i++)
        {
            Put(_walk.Buffer, _walk.At, _walk.Length);
        }
    }

    // What no longer fits is only counted: it says how much has to go before another try is of use.
    private void Put(byte[] report, int at, int length)
    {
        _needed += SegmentFormat.HeadBytes + length;
        _live++;
        if (_needed <= _most && !_hasFailed)
        {
            _hasFailed = !_writer.Add(report, at, length);
        }
    }
}
