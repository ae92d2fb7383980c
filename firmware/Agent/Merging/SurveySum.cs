using GatewayAgent.Reporting;
using GatewayAgent.Sampling;

namespace GatewayAgent.Merging;

/// <summary>Adds the channels of encoded reports to the rows of a window, each channel at its place.</summary>
internal sealed class SurveySum
{
    private const int WithoutLoad = 8, WithLoad = 12;

    private readonly ProtoReader _proto;
    private readonly Adder _adder;
    private readonly byte[] _rows;

    // Numbers of the row under way, in the order of agent.proto.
    private readonly uint[] _row = new uint[WithLoad];

    public SurveySum(ProtoReader proto, Adder adder, Window window)
    {
        _proto = proto;
        _adder = adder;
        _rows = window.Channels;
        Clear();
    }

    /// <summary>No channel was listened to.</summary>
    public void Clear()
    {
        for (int place = 0; place < Limits.Channels; place++)
        {
            int at = place * Limits.ChannelRowBytes;
            ChannelRow.Clear(_rows, at);
            _rows[at + ChannelRow.ChannelAt] = (byte)ChannelMap.ChannelAt(place);
        }
    }

    /// <summary>Adds the dwells of quiet channels, the list that the reader has entered.</summary>
    /// <param name="low">Quiet channels of 2.4 GHz.</param>
    /// <param name="high">Quiet channels of 5 GHz.</param>
    public bool AddQuiet(uint low, uint high)
    {
        uint dwell = 0;
        for (int place = 0; place < Limits.Channels; place++)
        {
            uint lowBit = low & ChannelMap.Bit2g(place), highBit = high & ChannelMap.Bit5g(place);
            if ((lowBit | highBit) == 0)
            {
                continue;
            }

            low ^= lowBit;
            high ^= highBit;
            dwell = _proto.NextElement() ? _proto.Value : dwell;
            if (dwell == 0)
            {
                return false;
            }

            Add((place * Limits.ChannelRowBytes) + ChannelRow.DwellAt, dwell);
        }

        return (low | high) == 0 && !_proto.NextElement() && !_proto.IsBroken;
    }

    /// <summary>Adds the channels on which something was heard, the list that the reader has entered.</summary>
    /// <param name="low">Channels of 2.4 GHz that the same report states as quiet.</param>
    /// <param name="high">Those of 5 GHz.</param>
    public bool AddHeard(uint low, uint high)
    {
        int last = -1;
        while (_proto.NextElement())
        {
            if (!ReadRow())
            {
                return false;
            }

            int place = ChannelMap.IndexOf((int)_row[0]);
            if (place <= last || ((low & ChannelMap.Bit2g(place)) | (high & ChannelMap.Bit5g(place))) != 0 || !IsSound())
            {
                return false;
            }

            AddRow(place * Limits.ChannelRowBytes);
            last = place;
        }

        return !_proto.IsBroken;
    }

    private bool ReadRow()
    {
        _row[0] = _proto.Value;
        int length = WithoutLoad;
        for (int i = 1; i < length; i++)
        {
            if (!_proto.NextElement())
            {
                return false;
            }

            _row[i] = _proto.Value;
            if (i == WithoutLoad - 1 && _proto.Value != 0)
            {
                length = WithLoad;
            }
        }

        return true;
    }

    // What a row of a window has room for.
    private bool IsSound() =>
        _row[2] <= byte.MaxValue
        && _row[3] <= sbyte.MaxValue
        && (_row[4] | _row[5]) != 0
        && (_row[7] == 0 || (_row[9] <= byte.MaxValue && _row[10] <= byte.MaxValue && _row[11] <= ushort.MaxValue));

    private void AddRow(int at)
    {
        Add(at + ChannelRow.DwellAt, _row[1]);
        Add(at + ChannelRow.BeaconsAt, _row[4]);
        Add(at + ChannelRow.OtherFramesAt, _row[5]);
        Add(at + ChannelRow.AirtimeAt, _row[6]);
        KeepMost(at + ChannelRow.ApCountAt, _row[2]);
        if (_adder.Commits && _row[3] != 0 && -(int)_row[3] > (sbyte)_rows[at + ChannelRow.RssiAt])
        {
            _rows[at + ChannelRow.RssiAt] = (byte)-(int)_row[3];
        }

        if (_row[7] != 0)
        {
            AddLoad(at);
        }
    }

    private void AddLoad(int at)
    {
        bool isFirst = ChannelRow.U32(_rows, at + ChannelRow.LoadCountAt) == 0;
        byte least = _rows[at + ChannelRow.LoadMinAt];
        _rows[at + ChannelRow.LoadMinAt] = (byte)_adder.Least(isFirst ? byte.MaxValue : least, _row[9]);
        KeepMost(at + ChannelRow.LoadMaxAt, _row[10]);
        uint stations = ChannelRow.U16(_rows, at + ChannelRow.StationsMaxAt);
        ChannelRow.Put16(_rows, at + ChannelRow.StationsMaxAt, _adder.Most(stations, _row[11]));
        Add(at + ChannelRow.LoadCountAt, _row[7]);
        Add(at + ChannelRow.LoadSumAt, _row[8]);
    }

    private void Add(int at, uint more) => ChannelRow.Put32(_rows, at, _adder.Sum(ChannelRow.U32(_rows, at), more));

    private void KeepMost(int at, uint value) => _rows[at] = (byte)_adder.Most(_rows[at], value);
}
