using System;
using GatewayAgent.Ports;

namespace GatewayAgent.Storage;

/// <summary>
/// Writes a segment. What is added is gathered and goes to the flash in few writes, because each one costs a block: littlefs copies the last
/// block of a file when something is appended.
/// </summary>
internal sealed class SegmentWriter
{
    private readonly IFlash _flash;
    private readonly byte[] _batch = new byte[SegmentFormat.RecordStart + SegmentFormat.LargestRecord];
    private string _name;
    private uint _number;
    private int _written, _gathered;

    public SegmentWriter(IFlash flash)
    {
        _flash = flash;
    }

    /// <summary>Bytes that the file has, with those that are still gathered.</summary>
    public int Length => _written + _gathered;

    /// <summary>Free to use for others between two segments or two appends.</summary>
    public byte[] Buffer => _batch;

    /// <summary>A new file. Nothing is on flash before <see cref="Flush"/>.</summary>
    public void Begin(string name, uint number, uint from, uint through, int level, bool isRewritten)
    {
        Resume(name, number, 0);
        SegmentFormat.PutHeader(_batch, 0, number, from, through, level, isRewritten);
        Array.Copy(_batch, 0, _batch, SegmentFormat.HeaderBytes, SegmentFormat.HeaderBytes);
        _gathered = SegmentFormat.RecordStart;
    }

    /// <summary>The file has this many bytes already.</summary>
    public void Resume(string name, uint number, int length)
    {
        _name = name;
        _number = number;
        _written = length;
        _gathered = 0;
    }

    /// <returns>False when the flash failed.</returns>
    public bool Add(byte[] report, int at, int length)
    {
        if (_gathered + SegmentFormat.HeadBytes + length > _batch.Length && !Flush())
        {
            return false;
        }

        Array.Copy(report, at, _batch, _gathered + SegmentFormat.HeadBytes, length);
        SegmentFormat.PutHead(_batch, _gathered, length, _number, Length);
        _gathered += SegmentFormat.HeadBytes + length;
        return true;
    }

    /// <summary>States that the segment is complete: the last bytes that are written of it.</summary>
    public bool Commit() => Add(_batch, 0, 0) && Flush();

    /// <summary>Brings to the flash what is gathered. A new file begins from nothing, whatever stood under its name.</summary>
    public bool Flush()
    {
        if ((_written == 0 && !_flash.Delete(_name)) || !_flash.Append(_name, _batch, _gathered))
        {
            return false;
        }

        _written += _gathered;
        _gathered = 0;
        return true;
    }
}
