using System;
using GatewayAgent.Ports;
using GatewayAgent.Reporting;
using GatewayAgent.Sampling;
using GatewayAgent.Statistics;

namespace GatewayAgent.Merging;

/// <summary>Adds the groups of encoded reports to a window and a header, by the rules that agent.proto states for merging.</summary>
internal sealed class ReportSum
{
    private const int BootTimeField = 6, BacklogField = 8, ReplayedField = 15;
    private const int Link = 9, Clients = 10, Latency = 11, Health = 12, Survey = 13, Losses = 14;
    private const int LinkAp = 8, Quiet2g = 2, Quiet5g = 3, QuietDwells = 4, HeardRows = 5;

    // Numbers that a group may hold, a bit a field. Lists and Link.ap are told apart by their wire type.
    private const uint LinkNumbers = 0xF6, ClientNumbers = 0x17E, LatencyNumbers = 0x14, HealthNumbers = 0x7E, LossNumbers = 0xFE,
        SurveyNumbers = 0x3CE;

    private const int SourceUnknown = -1;

    private readonly ProtoReader _proto;
    private readonly Window _window;
    private readonly ReportHeader _header;
    private readonly Adder _adder = new Adder();
    private readonly SurveySum _survey;

    // Numbers of the group under way, by field; bit n of _has: field n was there.
    private readonly uint[] _numbers = new uint[10];
    private uint _has;
    private bool _hasSamples;
    private int _source, _sourceBefore;

    public ReportSum(ProtoReader proto, Window window, ReportHeader header)
    {
        _proto = proto;
        _window = window;
        _header = header;
        _survey = new SurveySum(proto, _adder, window);
    }

    /// <summary>Of the link and the survey.</summary>
    public RadioSource Source => _source == SourceUnknown ? RadioSource.Native : (RadioSource)_source;

    public void Clear()
    {
        _source = SourceUnknown;
        if (_window.ChannelCount > 0)
        {
            _survey.Clear();
        }

        _window.Restart(0);
        _window.ChannelCount = RadioStatus.Unsupported;
        _header.BootTime = 0;
        _header.HasHealth = false;
        _header.ResetCause = 0;
        _header.SentBytes = 0;
        _header.ThreadRestarts = 0;
        Losses losses = _header.Losses;
        losses.Reports = 0;
        losses.ReportSeconds = 0;
        losses.Unconfirmed = 0;
        losses.SamplesMissed = 0;
        losses.RoundTripsDropped = 0;
        losses.Restarts = 0;
        losses.RestartSeconds = 0;
    }

    /// <summary>Adds the report on which the reader was opened.</summary>
    /// <param name="report">What it says of itself.</param>
    /// <param name="commits">False: only finds out whether it can be added.</param>
    /// <returns>False when it can not.</returns>
    public bool Add(ReportIdentity report, bool commits)
    {
        _adder.Start(commits);
        _sourceBefore = _source;
        bool fits = AddFields(report) && !_adder.Overflowed;
        if (!commits)
        {
            _source = _sourceBefore;
        }

        return fits;
    }

    // A second value of a group would be merged into the first by other readers; nobody writes one.
    private bool AddFields(ReportIdentity report)
    {
        uint groups = 0;
        while (_proto.Next())
        {
            int field = _proto.Field;
            bool fits = field >= Link && field <= Losses
                ? _proto.IsContent && (groups & (1u << field)) == 0 && (report.Part == 0 || field == Survey) && AddGroup(field, report.End)
                : AddNumber(field);
            if (!fits)
            {
                return false;
            }

            groups |= 1u << field;
        }

        return !_proto.IsBroken;
    }

    // Boot, range and window are the merger's; what is stated anew with each transmission is not kept.
    private bool AddNumber(int field)
    {
        if (field == BootTimeField)
        {
            _header.BootTime = _adder.Latest(_header.BootTime, _proto.Value);
            return _proto.IsFixed32;
        }

        return field <= BacklogField || field == ReplayedField;
    }

    private bool AddGroup(int group, uint end)
    {
        switch (group)
        {
            case Link:
                return ReadGroup(group, LinkNumbers) && IsOfOneSource() && AddLink(end);
            case Clients:
                return ReadGroup(group, ClientNumbers) && AddClients(end);
            case Latency:
                return ReadGroup(group, LatencyNumbers) && AddLatency();
            case Health:
                return ReadGroup(group, HealthNumbers) && AddHealth();
            case Survey:
                return ReadGroup(group, SurveyNumbers) && IsOfOneSource() && AddSurvey();
            default:
                return ReadGroup(group, LossNumbers) && AddLosses();
        }
    }

    // Notes the numbers of a group and adds its lists. As the node writes them each field stands once, and the channels' masks before the lists.
    private bool ReadGroup(int group, uint numbers)
    {
        Array.Clear(_numbers, 0, _numbers.Length);
        _has = 0;
        _hasSamples = false;
        int outer = _proto.Enter();
        while (_proto.Next())
        {
            int field = _proto.Field;
            if (field >= _numbers.Length || Has(field) || !(_proto.IsContent ? AddList(group, field) : TakeNumber(group, field, numbers)))
            {
                return false;
            }

            _has |= 1u << field;
        }

        _proto.Leave(outer);
        return !_proto.IsBroken;
    }

    private bool TakeNumber(int group, int field, uint numbers)
    {
        if (group == Survey && field <= Quiet5g && (Has(QuietDwells) || Has(HeardRows)))
        {
            return false;
        }

        _numbers[field] = _proto.Value;
        return _proto.IsFixed32 ? group == Link && field == LinkAp : _proto.IsNumber && (numbers & (1u << field)) != 0;
    }

    private bool AddList(int group, int field)
    {
        int outer = _proto.Enter();
        bool fits = AddElements((group << 4) | field);
        _proto.Leave(outer);
        return fits;
    }

    private bool AddElements(int list)
    {
        switch (list)
        {
            case (Link << 4) | 3:
                return AddHistogram(_window.Link.Rssi);
            case (Clients << 4) | 7:
                return AddHistogram(_window.Clients.Rssi);
            case (Latency << 4) | 1:
                return AddHistogram(_window.Gateway.Milliseconds);
            case (Latency << 4) | 3:
                return AddHistogram(_window.Broker.Milliseconds);
            case (Survey << 4) | QuietDwells:
                return _survey.AddQuiet(_numbers[Quiet2g], _numbers[Quiet5g]);
            case (Survey << 4) | HeardRows:
                return _survey.AddHeard(_numbers[Quiet2g], _numbers[Quiet5g]);
            default:
                return false;
        }
    }

    private bool AddHistogram(Histogram histogram)
    {
        if (!_proto.NextElement())
        {
            return !_proto.IsBroken;
        }

        for (uint bin = _proto.Value; _proto.NextElement(); bin++)
        {
            if (bin >= (uint)histogram.Bins)
            {
                return false;
            }

            histogram[(int)bin] = _adder.Sum(histogram[(int)bin], _proto.Value);
            _hasSamples |= _proto.Value != 0;
        }

        return !_proto.IsBroken;
    }

    // Native and stock values are not of one kind.
    private bool IsOfOneSource()
    {
        if (_source == SourceUnknown && _numbers[1] <= (uint)RadioSource.BssLoad)
        {
            _source = (int)_numbers[1];
        }

        return (uint)_source == _numbers[1];
    }

    private bool AddLink(uint end)
    {
        // A native radio counts disconnections, others cannot.
        if (Has(5) != (Source == RadioSource.Native) || _numbers[2] > end)
        {
            return false;
        }

        LinkStatistics link = _window.Link;
        link.IsMeasured |= _adder.Commits;
        link.MeasuredAt = Newest(link.MeasuredAt, end);
        link.Channel = (int)Latest((uint)link.Channel, 4);
        link.Disconnects = Sum(link.Disconnects, 5);
        link.LastReason = (int)Latest((uint)link.LastReason, 6);
        link.SamplesWithoutRssi = Sum(link.SamplesWithoutRssi, 7);
        if (_adder.Commits && Has(LinkAp))
        {
            link.StateAp(_numbers[LinkAp]);
        }

        return true;
    }

    private bool AddClients(uint end)
    {
        ClientStatistics clients = _window.Clients;
        CountStatistics count = clients.Count;
        bool isFirst = count.Samples == 0;
        if (_numbers[3] == 0 || _numbers[2] > end || _numbers[1] > (uint)RadioSource.BssLoad || (!isFirst && _numbers[1] != (uint)clients.Source))
        {
            return false;
        }

        if (isFirst && _adder.Commits)
        {
            clients.Source = (RadioSource)_numbers[1];
            count.Min = _numbers[5];
        }

        _hasSamples |= _numbers[4] != 0;
        clients.MeasuredAt = Newest(clients.MeasuredAt, end);
        count.Samples = Sum(count.Samples, 3);
        count.Sum = Sum(count.Sum, 4);
        count.Min = _adder.Least(count.Min, _numbers[5]);
        count.Max = Most(count.Max, 6);
        clients.RssiUnknown = Sum(clients.RssiUnknown, 8);
        return true;
    }

    private bool AddLatency()
    {
        LatencyStatistics gateway = _window.Gateway, broker = _window.Broker;
        gateway.IsMeasured |= _adder.Commits;
        gateway.Failures = Sum(gateway.Failures, 2);
        broker.Failures = Sum(broker.Failures, 4);
        return true;
    }

    private bool AddHealth()
    {
        if (_numbers[1] > int.MaxValue || _numbers[2] > int.MaxValue)
        {
            return false;
        }

        if (_adder.Commits)
        {
            _header.HasHealth = true;
            _window.AddHealth(Has(1) ? (int)_numbers[1] : -1, Has(2) ? (int)_numbers[2] : -1);
        }

        _header.ResetCause = Latest(_header.ResetCause, 3);
        _window.OffChannelMs = Sum(_window.OffChannelMs, 4);
        _header.SentBytes = Sum(_header.SentBytes, 5);
        _header.ThreadRestarts = Sum(_header.ThreadRestarts, 6);
        return true;
    }

    private bool AddSurvey()
    {
        if ((_numbers[Quiet2g] | _numbers[Quiet5g]) != 0 && !Has(QuietDwells))
        {
            return false;
        }

        if (_adder.Commits)
        {
            _window.ChannelCount = Limits.Channels;
        }

        RadioDiscards discards = _window.Discards;
        discards.ApTableFull = Sum(discards.ApTableFull, 6);
        discards.FcsErrors = Sum(discards.FcsErrors, 7);
        discards.Malformed = Sum(discards.Malformed, 8);
        discards.RssiInvalid = Sum(discards.RssiInvalid, 9);
        return true;
    }

    // Totals of the boot so far: the newer ones hold the older.
    private bool AddLosses()
    {
        Losses losses = _header.Losses;
        losses.Reports = Most(losses.Reports, 1);
        losses.ReportSeconds = Most(losses.ReportSeconds, 2);
        losses.Unconfirmed = Most(losses.Unconfirmed, 3);
        losses.SamplesMissed = Most(losses.SamplesMissed, 4);
        losses.RoundTripsDropped = Most(losses.RoundTripsDropped, 5);
        losses.Restarts = Most(losses.Restarts, 6);
        losses.RestartSeconds = Most(losses.RestartSeconds, 7);
        return true;
    }

    private uint Sum(uint before, int field) => _adder.Sum(before, _numbers[field]);

    private uint Most(uint before, int field) => _adder.Most(before, _numbers[field]);

    private uint Latest(uint before, int field) => _adder.Latest(before, _numbers[field]);

    private bool Has(int field) => (_has & (1u << field)) != 0;

    // Uptime at which the newest RSSI of the group was measured: its age counts from the end of its report.
    private long Newest(long before, uint end)
    {
        long measuredAt = (long)end - _numbers[2];
        return _adder.Commits && (_hasSamples || Has(2)) && measuredAt > before ? measuredAt : before;
    }
}
