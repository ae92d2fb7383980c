using GatewayAgent.Ports;

namespace GatewayAgent.Storage;

/// <summary>
/// Which records are free although they still stand on flash: those before the front, and those of a boot up to a sequence, where the
/// collector has the reports of a boot before it has those of the boots before. Kept in a small file that is replaced as a whole, so that a
/// restart brings no report back; when it is lost, reports are sent once more.
///
/// <code>
///   file = front number(4) front offset(4) { boot(4) through(4) until(4) } × Marks CRC-32(4)
/// </code>
/// </summary>
internal sealed class FreedRecords
{
    public const int Marks = Limits.JournalBootsFreed;

    private const string FileName = "jfreed";
    private const int MarkBytes = 12, MarksStart = 8, FileBytes = MarksStart + (Marks * MarkBytes) + 4;

    private readonly IFlash _flash;
    private readonly byte[] _buffer;
    private readonly uint[] _boot = new uint[Marks];
    private readonly uint[] _through = new uint[Marks];

    // Number of the newest segment that can hold what the mark frees.
    private readonly uint[] _until = new uint[Marks];
    private int _count;
    private uint _frontNumber;
    private int _frontOffset;

    /// <param name="buffer">To read and write the file through.</param>
    public FreedRecords(IFlash flash, byte[] buffer)
    {
        _flash = flash;
        _buffer = buffer;
    }

    /// <summary>The highest segment number that the file has known: numbers are never used again.</summary>
    public uint HighestNumber
    {
        get
        {
            uint highest = _frontNumber;
            for (int i = 0; i < _count; i++)
            {
                highest = _until[i] > highest ? _until[i] : highest;
            }

            return highest;
        }
    }

    /// <param name="hasFailed">The flash did not answer.</param>
    /// <returns>False when there is no such file, or not a whole one.</returns>
    public bool Load(out bool hasFailed)
    {
        _count = 0;
        _frontNumber = 0;
        _frontOffset = 0;
        int read = _flash.Read(FileName, 0, _buffer, FileBytes);
        hasFailed = read == FlashStatus.Failed;
        if (read != FileBytes
            || SegmentFormat.Get32(_buffer, FileBytes - 4) != Crc32.Of(_buffer, 0, FileBytes - 4))
        {
            return false;
        }

        _frontNumber = SegmentFormat.Get32(_buffer, 0);
        _frontOffset = (int)SegmentFormat.Get32(_buffer, 4);
        for (int at = MarksStart; _count < Marks && SegmentFormat.Get32(_buffer, at) != 0; at += MarkBytes)
        {
            _boot[_count] = SegmentFormat.Get32(_buffer, at);
            _through[_count] = SegmentFormat.Get32(_buffer, at + 4);
            _until[_count] = SegmentFormat.Get32(_buffer, at + 8);
            _count++;
        }

        return true;
    }

    public bool Save()
    {
        SegmentFormat.Put32(_buffer, 0, _frontNumber);
        SegmentFormat.Put32(_buffer, 4, (uint)_frontOffset);
        for (int i = 0; i < Marks; i++)
        {
            int at = MarksStart + (i * MarkBytes);
            SegmentFormat.Put32(_buffer, at, i < _count ? _boot[i] : 0);
            SegmentFormat.Put32(_buffer, at + 4, i < _count ? _through[i] : 0);
            SegmentFormat.Put32(_buffer, at + 8, i < _count ? _until[i] : 0);
        }

        SegmentFormat.Put32(_buffer, FileBytes - 4, Crc32.Of(_buffer, 0, FileBytes - 4));
        return _flash.Replace(FileName, _buffer, FileBytes);
    }

    /// <summary>Where the first record of a segment stands that is not before the front.</summary>
    public int StartOf(uint number) =>
        number == _frontNumber && _frontOffset > SegmentFormat.RecordStart ? _frontOffset : SegmentFormat.RecordStart;

    public void SetFront(uint number, int offset)
    {
        _frontNumber = number;
        _frontOffset = offset;
    }

    public bool IsFree(uint boot, uint sequence)
    {
        int mark = Find(boot);
        return mark >= 0 && sequence <= _through[mark];
    }

    /// <summary>Something that is free still stands on flash.</summary>
    /// <param name="number">Of the oldest segment.</param>
    public bool IsNeededFrom(uint number) => _count > 0 || StartOf(number) > SegmentFormat.RecordStart;

    public bool HasRoomFor(uint boot) => _count < Marks || Find(boot) >= 0;

    /// <param name="until">Number of the newest segment that can hold records of this boot.</param>
    public void Mark(uint boot, uint through, uint until)
    {
        int mark = Find(boot);
        if (mark < 0)
        {
            mark = _count;
            _count++;
            _boot[mark] = boot;
            _through[mark] = 0;
        }

        _through[mark] = through > _through[mark] ? through : _through[mark];
        _until[mark] = until;
    }

    /// <summary>Forgets the marks whose segments are all gone.</summary>
    /// <param name="number">The lowest that the oldest segment stands for.</param>
    public void ForgetBefore(uint number)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_until[i] < number)
            {
                _count--;
                _boot[i] = _boot[_count];
                _through[i] = _through[_count];
                _until[i] = _until[_count];
            }
        }
    }

    private int Find(uint boot)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_boot[i] == boot)
            {
                return i;
            }
        }

        return -1;
    }
}
