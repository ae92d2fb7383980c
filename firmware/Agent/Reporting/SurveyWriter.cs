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
    // uplink may add the mark of a replayed report.
    private const int Reserve = 2 + ReportWriter.ReplayedMarkBytes;

    // Tag and length of the list of rows.
    private const int ListHead = 2;

    private readonly ProtoWriter _proto;
    private readonly uint[] _row = new uint[12];
    private int _rowLength;
    private int _nextHeard;

    public SurveyWriter(ProtoWriter proto)
    {
        _proto = proto;
    }

    /// <summary>True while rows are left that found no room.</summary>
    public bool HasMore { get; private set; }

    /// <summary>First report of the window.</summary>
    public void Begin(Window window, RadioSource source)
    {
        _nextHeard = 0;
        HasMore = false;
        if (window.ChannelCount < 0)
        {
            return;
        }

        int start = _proto.Begin(13);
        _proto.Count(1, (uint)source);
        QuietMasks(window);
        QuietDwells(window);
        Discards(window);
        Rows(window);
        _proto.End(start);
    }

    /// <summary>Further report of the window.</summary>
    public void Continue(Window window, RadioSource source)
    {
        int start = _proto.Begin(13);
        _proto.Count(1, (uint)source);
        Rows(window);
        _proto.End(start);
    }

    private static bool IsHeard(byte[] records, int at) => ChannelRecord.Frames(records, at) != 0;

    private static bool IsQuiet(byte[] records, int at) =>
        ChannelRecord.Frames(records, at) == 0 && ChannelRecord.DwellUs(records, at) != 0;

    private static uint Centiseconds(uint microseconds) => (microseconds / 10000) + (microseconds % 10000 >= 5000 ? 1u : 0u);

    private static uint Milliseconds(uint microseconds) => (microseconds / 1000) + (microseconds % 1000 >= 500 ? 1u : 0u);

    private void QuietMasks(Window window)
    {
        uint low = 0, high = 0;
        for (int i = 0; i < window.ChannelCount; i++)
        {
            int at = i * Limits.ChannelRecordBytes;
            int index = ChannelMap.IndexOf(ChannelRecord.Channel(window.ChannelRecords, at));
            if (index >= 0 && IsQuiet(window.ChannelRecords, at))
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
            int at = i * Limits.ChannelRecordBytes;
            if (IsQuiet(window.ChannelRecords, at))
            {
                _proto.Element(Centiseconds(ChannelRecord.DwellUs(window.ChannelRecords, at)));
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
            int at = i * Limits.ChannelRecordBytes;
            if (!IsQuiet(window.ChannelRecords, at))
            {
                continue;
            }

            uint dwell = Centiseconds(ChannelRecord.DwellUs(window.ChannelRecords, at));
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
            int at = _nextHeard * Limits.ChannelRecordBytes;
            if (!IsHeard(window.ChannelRecords, at))
            {
                continue;
            }

            FillRow(window.ChannelRecords, at);
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

    private void FillRow(byte[] records, int at)
    {
        int rssi = ChannelRecord.MaxRssi(records, at);
        _row[0] = (uint)ChannelRecord.Channel(records, at);
        _row[1] = Centiseconds(ChannelRecord.DwellUs(records, at));
        _row[2] = (uint)ChannelRecord.ApCount(records, at);
        _row[3] = rssi == ChannelRecord.Unknown8 ? 0u : (uint)(-rssi);
        _row[4] = ChannelRecord.Beacons(records, at);
        _row[5] = ChannelRecord.Frames(records, at) - _row[4];
        _row[6] = Milliseconds(ChannelRecord.AirtimeUs(records, at));
        _row[7] = ChannelRecord.LoadCount(records, at);
        _rowLength = 8;
        if (_row[7] != 0)
        {
            _row[8] = ChannelRecord.LoadSum(records, at);
            _row[9] = ChannelRecord.LoadMin(records, at);
            _row[10] = ChannelRecord.LoadMax(records, at);
            _row[11] = ChannelRecord.StationsMax(records, at);
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
