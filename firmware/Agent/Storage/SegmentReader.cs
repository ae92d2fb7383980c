using GatewayAgent.Ports;

namespace GatewayAgent.Storage;

/// <summary>
/// Reads a segment from a place to its end through one window of the size of the largest record. Behind damage it looks for the next place
/// where a record begins.
/// </summary>
internal sealed class SegmentReader
{
    /// <summary>What <see cref="Next"/> has found. Torn: a record that is cut off by the end of the file.</summary>
    public const byte End = 0, Record = 1, Mark = 2, Damage = 3, Torn = 4;

    private readonly IFlash _flash;
    private readonly byte[] _window = new byte[SegmentFormat.LargestRecord];
    private string _name;
    private uint _number;
    private int _start, _filled;

    public SegmentReader(IFlash flash)
    {
        _flash = flash;
    }

    /// <summary>Holds the report of the record that was found, from <see cref="At"/> on.</summary>
    public byte[] Buffer => _window;

    public int At { get; private set; }

    /// <summary>Bytes of the report.</summary>
    public int Length { get; private set; }

    /// <summary>Where in the segment the thing found begins, and where the next one does.</summary>
    public int Offset { get; private set; }

    public int NextOffset { get; private set; }

    /// <summary>The flash did not answer.</summary>
    public bool HasFailed { get; private set; }

    public void Open(string name, uint number, int offset)
    {
        _name = name;
        _number = number;
        _start = offset;
        _filled = 0;
        NextOffset = offset;
        HasFailed = false;
    }

    public byte Next()
    {
        Offset = NextOffset;
        int available = Available(Offset, SegmentFormat.HeadBytes);
        if (available == 0)
        {
            return End;
        }

        if (available < 3)
        {
            NextOffset = Offset + available;
            return Torn;
        }

        int length = SegmentFormat.Length(_window, Offset - _start);
        return length < 0 ? SkipDamage() : Take(length);
    }

    private byte Take(int length)
    {
        int size = SegmentFormat.HeadBytes + length;
        int available = Available(Offset, size);
        if (available < size)
        {
            NextOffset = Offset + available;
            return Torn;
        }

        NextOffset = Offset + size;
        At = Offset - _start + SegmentFormat.HeadBytes;
        Length = length;
        if (!SegmentFormat.IsIntact(_window, Offset - _start, length, _number, Offset))
        {
            return Damage;
        }

        return length == 0 ? Mark : Record;
    }

    private byte SkipDamage()
    {
        do
        {
            NextOffset++;
        }
        while (Available(NextOffset, SegmentFormat.HeadBytes) > 0 && !IsRecord(NextOffset));
        return Damage;
    }

    private bool IsRecord(int offset)
    {
        if (Available(offset, SegmentFormat.HeadBytes) < SegmentFormat.HeadBytes)
        {
            return false;
        }

        int length = SegmentFormat.Length(_window, offset - _start);
        return length >= 0
            && Available(offset, SegmentFormat.HeadBytes + length) >= SegmentFormat.HeadBytes + length
            && SegmentFormat.IsIntact(_window, offset - _start, length, _number, offset);
    }

    // Bytes of the file from an offset that are in the window; as many as are wanted, unless the file ends.
    private int Available(int offset, int wanted)
    {
        int available = _start + _filled - offset;
        if (available >= wanted || (offset == _start && _filled > 0))
        {
            return available;
        }

        int read = _flash.Read(_name, offset, _window, _window.Length);
        HasFailed |= read < 0;
        _start = offset;
        _filled = read < 0 ? 0 : read;
        return _filled;
    }
}
