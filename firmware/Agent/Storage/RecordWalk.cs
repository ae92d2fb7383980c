using GatewayAgent.Merging;
using GatewayAgent.Ports;

namespace GatewayAgent.Storage;

/// <summary>
/// Goes through the records of the journal, oldest first, past those that are free, and estimates what is missing where it meets damage: the
/// sequences between the records before and behind; where these are of different boots, as much as a neighbour of it holds.
/// </summary>
internal sealed class RecordWalk
{
    private readonly SegmentList _segments;
    private readonly FreedRecords _freed;
    private readonly SegmentReader _reader;
    private readonly ReportIdentity _identity = new ReportIdentity();
    private int _end, _tornIndex, _rememberedIndex;
    private bool _isOpen, _isMissing;
    private uint _boot, _sequence, _windowEnd, _merged, _span;

    public RecordWalk(IFlash flash, SegmentList segments, FreedRecords freed)
    {
        _segments = segments;
        _freed = freed;
        _reader = new SegmentReader(flash);
    }

    /// <summary>Of the record that was found.</summary>
    public ReportIdentity Identity => _identity;

    public byte[] Buffer => _reader.Buffer;

    public int At => _reader.At;

    public int Length => _reader.Length;

    /// <summary>Segment of the record that was found, where it begins and where it ends.</summary>
    public int Index { get; private set; }

    public int Offset => _reader.Offset;

    public int NextOffset { get; private set; }

    /// <summary>Damage was met since the start.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The segment left last ended in an incomplete record, or could not be read to its end.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>The flash did not answer since the start.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The segment left last ended in its mark.</summary>
    public bool IsMarked { get; private set; }

    /// <summary>Reports, by their sequences, and seconds that are missing since the start.</summary>
    public uint MissingReports { get; private set; }

    public uint MissingSeconds { get; private set; }

    /// <param name="index">Segment to begin with.</param>
    /// <param name="offset">Place in it.</param>
    /// <param name="end">Index behind the last segment.</param>
    public void Start(int index, int offset, int end)
    {
        Index = index;
        NextOffset = offset;
        _end = end;
        _isOpen = false;
        _isMissing = false;
        _tornIndex = -1;
        _rememberedIndex = -1;
        _boot = 0;
        _merged = 0;
        _span = 0;
        IsDamaged = false;
        IsTorn = false;
        IsMarked = false;
        HasFailed = false;
        MissingReports = 0;
        MissingSeconds = 0;
    }

    /// <summary>From the oldest record that is not before the front.</summary>
    public void StartAtFront(int end) => Start(0, _segments.Count > 0 ? _freed.StartOf(_segments.Number[0]) : 0, end);

    /// <summary>Back to a place that the walk has come past.</summary>
    public void Return(int index, int offset)
    {
        Index = index;
        NextOffset = offset;
        _boot = 0;
        _rememberedIndex = -1;
        _isOpen = false;
    }

    /// <returns>False at the end.</returns>
    public bool Next()
    {
        while (Index < _end)
        {
            if (!_isOpen)
            {
                Open();
            }

            byte found = _reader.Next();
            NextOffset = _reader.NextOffset;
            if (found == SegmentReader.End)
            {
                Leave();
            }
            else if (Take(found))
            {
                return true;
            }
        }

        if (_isMissing)
        {
            MissLikeNeighbour(_merged, _span);
        }

        return false;
    }

    private void Open()
    {
        _reader.Open(_segments.Name(Index), _segments.Number[Index], NextOffset);
        _isOpen = true;
        IsTorn = false;
        IsMarked = false;
        if (_boot == 0 && Index > 0 && NextOffset == SegmentFormat.RecordStart)
        {
            _boot = _segments.LastBoot[Index - 1];
            _sequence = _segments.LastSequence[Index - 1];
            _windowEnd = uint.MaxValue;
        }
    }

    private bool Take(byte found)
    {
        if (found == SegmentReader.Torn)
        {
            IsTorn = true;
            _tornIndex = Index;
        }

        IsMarked = found == SegmentReader.Mark;
        if (found == SegmentReader.Damage)
        {
            // What is no longer than a head was a mark, not a report.
            bool wasMark = NextOffset - _reader.Offset <= SegmentFormat.HeadBytes;
            IsMarked = wasMark;
            MeetDamage(!wasMark);
        }

        if (found != SegmentReader.Record)
        {
            return false;
        }

        if (!_identity.Read(_reader.Buffer, _reader.At, _reader.Length))
        {
            MeetDamage(true);
            return false;
        }

        if (_identity.BootId == _boot && _identity.Sequence <= _sequence)
        {
            // Written a second time, because the first write was reported as failed.
            return false;
        }

        if (_tornIndex >= 0)
        {
            ComparePastTear(_identity);
        }

        if (_isMissing)
        {
            MissBefore(_identity);
        }

        Remember();
        return !_freed.IsFree(_boot, _sequence);
    }

    private void Leave()
    {
        IsTorn |= _reader.HasFailed;
        HasFailed |= _reader.HasFailed;
        if (_segments.IsRewritten[Index] && !IsMarked && !HasFailed)
        {
            MeetDamage(true);
        }

        if (!_reader.HasFailed)
        {
            _segments.End[Index] = (ushort)NextOffset;
            NoteLast();
        }

        Index++;
        NextOffset = Index < _end ? _freed.StartOf(_segments.Number[Index]) : 0;
        _isOpen = false;
    }

    // Only at its end is the record that was met last the last one of a segment.
    private void NoteLast()
    {
        if (_rememberedIndex == Index)
        {
            _segments.LastBoot[Index] = _boot;
            _segments.LastSequence[Index] = _sequence;
        }
    }

    private void MeetDamage(bool isReport)
    {
        IsDamaged = true;
        _segments.IsDamaged[Index] = true;
        _isMissing |= isReport;
    }

    private void Remember()
    {
        _boot = _identity.BootId;
        _sequence = _identity.Sequence;
        _windowEnd = _identity.End;
        _merged = _identity.Merged;
        _span = _identity.Part == 0 ? _identity.Span : 0;
        _rememberedIndex = Index;
    }

    // Behind what a power cut left incomplete another boot begins, and behind a write that failed its next try. Where the same boot goes on after
    // a gap, more was torn off than that.
    private void ComparePastTear(ReportIdentity next)
    {
        if (next.BootId == _boot && next.First > _sequence + 1)
        {
            IsDamaged = true;
            _isMissing = true;
            _segments.IsDamaged[_tornIndex] = true;
        }

        _tornIndex = -1;
    }

    private void MissBefore(ReportIdentity next)
    {
        if (next.BootId != _boot)
        {
            MissLikeNeighbour(_boot == 0 ? next.Merged : _merged, _boot == 0 ? next.Span : _span);
            return;
        }

        _isMissing = false;
        if (!_freed.IsFree(_boot, next.First - 1))
        {
            MissingReports += next.First - _sequence - 1;
            MissingSeconds += next.Start > _windowEnd ? next.Start - _windowEnd : 0;
        }
    }

    private void MissLikeNeighbour(uint merged, uint span)
    {
        _isMissing = false;
        MissingReports += merged + 1;
        MissingSeconds += span;
    }
}
