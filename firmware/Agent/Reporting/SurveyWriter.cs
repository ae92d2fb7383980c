using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.Reporting;

/// <summary>
/// Writes the channels of a window as the <c>Survey</c> group: the quiet channels with their dwell, and a row for each channel on
/// which something was heard. Stops before the report is full and continues in the next.
/// </summary>
internal sealed class SurveyWriter
{
    // A row is written only when this much is free behind it: the lengths of the list and of the group may grow by a byte each, and the
    // uplink adds what it states anew.
    private const int Reserve = 2 + Limits.StatedAnewBytes;

    // Tag and length of the list of rows.
    private const int ListHead = 2;

    private readonly ProtoWriter _proto;
    private readonly uint[] _row = new uint[12];
    private int _rowLength;
    private int _nextHeard;
    private bool _needsHead;

    public SurveyWriter(ProtoWriter proto)
    {
        _proto = proto;
    }

    /// <summary>True while something is left that found no room.</summary>
    public bool HasMore { get; private set; }

    /// <summary>First report of the window.</summary>
    public void Begin(Window window, RadioSource source)
    {
        _nextHeard = 0;
        _needsHead = true;
        HasMore = false;
        if (window.ChannelCount >= 0)
        {
            Continue(window, source);
        }
    }

    /// <summary>Further report of the window.</summary>
    public void Continue(Window window, RadioSource source)
    {
        int before = _proto.Length;
        int start = _proto.Begin(13);
        _proto.Count(1, (uint)source);
        if (_needsHead)
        {
            QuietMasks(window);
            QuietDwells(window);
            Discards(window);
            if (_proto.Overflowed || _proto.Length + Reserve > Limits.ReportBytes)
            {
                // All of it goes into the next report.
                _proto.Rewind(before);
                HasMore = true;
                return;
            }

            _needsHead = false;
        }

        Rows(window);
        _proto.End(start);
    }

    private void QuietMasks(Window window)
    {
        uint low = 0, high = 0;
        for (int i = 0; i < window.ChannelCount; i++)
        {
            int at = i * Limits.ChannelRowBytes;
            int index = ChannelMap.IndexOf(window.Channels[at + ChannelRow.ChannelAt]);
            if (index >= 0 && ChannelRow.IsQuiet(window.Channels, at))
            {
                low |= ChannelMap.Bit2g(index);
                high |= ChannelMap.Bit5g(index);
            }
        }

        _proto.Count(2, low);
        _proto.Count(3, high);
    }

    private void QuietDwells(Window window)
    {
        int distinct = QuietDwellsToState(window);
        if (distinct == 0)
        {
            return;
        }

        int start = _proto.Begin(4);
        for (int i = 0, written = 0; written < distinct; i++)
        {
            int at = i * Limits.ChannelRowBytes;
            if (ChannelRow.IsQuiet(window.Channels, at))
            {
                _proto.Element(ChannelRow.U32(window.Channels, at + ChannelRow.DwellAt));
                written++;
            }
        }

        _proto.End(start);
    }

    // The last stated value holds for all the channels that follow: equal values at the end are stated once.
    private static int QuietDwellsToState(Window window)
    {
        int seen = 0, distinct = 0;
        uint last = 0;
        for (int i = 0; i < window.ChannelCount; i++)
        {
            int at = i * Limits.ChannelRowBytes;
            if (!ChannelRow.IsQuiet(window.Channels, at))
            {
                continue;
            }

            uint dwell = ChannelRow.U32(window.Channels, at + ChannelRow.DwellAt);
            seen++;
            if (seen == 1 || dwell != last)
            {
                distinct = seen;
                last = dwell;
            }
        }

        return distinct;
    }

    private void Discards(Window window)
    {
        _proto.Count(6, window.Discards.ApTableFull);
        _proto.Count(7, window.Discards.FcsErrors);
        _proto.Count(8, window.Discards.Malformed);
        _proto.Count(9, window.Discards.RssiInvalid);
    }

    private void Rows(Window window)
    {
        HasMore = false;
        int start = -1;
        for (; _nextHeard < window.ChannelCount; _nextHeard++)
        {
            int at = _nextHeard * Limits.ChannelRowBytes;
            if (!ChannelRow.IsHeard(window.Channels, at))
            {
                continue;
            }

            FillRow(window.Channels, at);
            int head = start < 0 ? ListHead : 0;
            if (_proto.Length + head + RowSize() + Reserve > Limits.ReportBytes)
            {
                HasMore = true;
                break;
            }

            if (start < 0)
            {
                start = _proto.Begin(5);
            }

            WriteRow();
        }

        if (start >= 0)
        {
            _proto.End(start);
        }
    }

    private void FillRow(byte[] rows, int at)
    {
        int rssi = (sbyte)rows[at + ChannelRow.RssiAt];
        _row[0] = rows[at + ChannelRow.ChannelAt];
        _row[1] = ChannelRow.U32(rows, at + ChannelRow.DwellAt);
        _row[2] = rows[at + ChannelRow.ApCountAt];
        _row[3] = rssi == ChannelRecord.Unknown8 ? 0u : (uint)(-rssi);
        _row[4] = ChannelRow.U32(rows, at + ChannelRow.BeaconsAt);
        _row[5] = ChannelRow.U32(rows, at + ChannelRow.OtherFramesAt);
        _row[6] = ChannelRow.U32(rows, at + ChannelRow.AirtimeAt);
        _row[7] = ChannelRow.U32(rows, at + ChannelRow.LoadCountAt);
        _rowLength = 8;
        if (_row[7] != 0)
        {
            _row[8] = ChannelRow.U32(rows, at + ChannelRow.LoadSumAt);
            _row[9] = rows[at + ChannelRow.LoadMinAt];
            _row[10] = rows[at + ChannelRow.LoadMaxAt];
            _row[11] = ChannelRow.U16(rows, at + ChannelRow.StationsMaxAt);
            _rowLength = 12;
        }
    }

    private int RowSize()
    {
        int size = 0;
        for (int i = 0; i < _rowLength; i++)
        {
            size += ProtoWriter.SizeOf(_row[i]);
        }

        return size;
    }

    private void WriteRow()
    {
        for (int i = 0; i < _rowLength; i++)
        {
            _proto.Element(_row[i]);
        }
    }
}
