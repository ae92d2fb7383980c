namespace GatewayAgent.Protocol.Merging;

/// <summary>Adds what was heard, channel by channel.</summary>
internal sealed class SurveySum
{
    private readonly SortedDictionary<uint, Channel> _channels = [];
    private Survey? _head;

    public bool IsEmpty => _head == null;

    public void Add(Survey survey, IReadOnlyList<HeardRow> rows)
    {
        if (_head != null && _head.Source != survey.Source)
        {
            Clear();
        }

        _head ??= new Survey { Source = survey.Source };
        _head.ApTableFull = _head.ApTableFull.Plus(survey.ApTableFull);
        _head.FcsErrors = _head.FcsErrors.Plus(survey.FcsErrors);
        _head.FramesMalformed = _head.FramesMalformed.Plus(survey.FramesMalformed);
        _head.RssiInvalid = _head.RssiInvalid.Plus(survey.RssiInvalid);
        foreach (HeardRow row in rows)
        {
            Of(row.Channel).Add(row);
        }

        if ((survey.Quiet2G | survey.Quiet5G) != 0)
        {
            AddQuiet(survey);
        }
    }

    public void Clear()
    {
        _channels.Clear();
        _head = null;
    }

    /// <summary>The sum, and its rows as they stand in it.</summary>
    public Survey ToSurvey(out IReadOnlyList<HeardRow> rows)
    {
        Survey survey = _head?.Clone() ?? new Survey();
        var heard = new List<HeardRow>(_channels.Count);
        foreach ((uint number, Channel channel) in _channels)
        {
            if (channel.IsHeard)
            {
                HeardRow row = channel.ToRow(number);
                heard.Add(row);
                Write(row, survey);
            }
        }

        WriteQuiet(survey);
        rows = heard;
        return survey;
    }

    private Channel Of(uint number)
    {
        if (!_channels.TryGetValue(number, out Channel? channel))
        {
            _channels.Add(number, channel = new Channel());
        }

        return channel;
    }

    private void AddQuiet(Survey survey)
    {
        foreach (QuietChannel quiet in QuietDwell.Expand(survey))
        {
            Of((uint)quiet.Channel).AddQuiet(quiet.DwellCs ?? 0);
        }
    }

    private static void Write(HeardRow row, Survey survey)
    {
        survey.Heard.Add([row.Channel, row.DwellCs, row.ApCount, row.RssiMax, row.Beacons, row.OtherFrames, row.AirtimeMs, row.Load?.Count ?? 0]);
        if (row.Load is { } load)
        {
            survey.Heard.Add([load.Sum, load.Min, load.Max, load.StationsMax]);
        }
    }

    private void WriteQuiet(Survey survey)
    {
        List<KeyValuePair<uint, Channel>> quiet = [.. _channels.Where(channel => !channel.Value.IsHeard && WifiChannels.IsKnown(channel.Key))];
        (survey.Quiet2G, survey.Quiet5G) = WifiChannels.ToMasks(quiet.Select(channel => (int)channel.Key));

        // The last value holds for all that remain; none at all when nobody stated one.
        int stated = quiet.Count;
        while (stated > 1 && quiet[stated - 1].Value.DwellCs == quiet[stated - 2].Value.DwellCs)
        {
            stated--;
        }

        if (quiet.Exists(channel => channel.Value.DwellCs != 0))
        {
            survey.QuietDwellCs.Add(quiet.Take(stated).Select(channel => channel.Value.DwellCs));
        }
    }

    private sealed class Channel
    {
        private HeardRow _row;

        public bool IsHeard { get; private set; }

        public uint DwellCs => _row.DwellCs;

        public void AddQuiet(uint dwellCs) => _row = _row with { DwellCs = _row.DwellCs.Plus(dwellCs) };

        public void Add(HeardRow row)
        {
            IsHeard = true;
            _row = new HeardRow(
                row.Channel,
                _row.DwellCs.Plus(row.DwellCs),
                Math.Max(_row.ApCount, row.ApCount),
                Strongest(_row.RssiMax, row.RssiMax),
                _row.Beacons.Plus(row.Beacons),
                _row.OtherFrames.Plus(row.OtherFrames),
                _row.AirtimeMs.Plus(row.AirtimeMs),
                Sum(_row.Load, row.Load));
        }

        public HeardRow ToRow(uint number) => _row with { Channel = number };

        private static uint Strongest(uint before, uint now) => before == 0 || (now != 0 && now < before) ? now : before;

        private static BssLoad? Sum(BssLoad? before, BssLoad? now) => (before, now) switch
        {
            (null, _) => now,
            (_, null) => before,
            ({ } a, { } b) => new BssLoad(
                a.Count.Plus(b.Count), a.Sum.Plus(b.Sum), Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max), Math.Max(a.StationsMax, b.StationsMax)),
        };
    }
}
