using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Survey;

/// <summary>
/// What one node's reports say of the channels. A channel shows its last window, however long ago, or with <c>isSum</c> all windows added
/// up: counts and times add, extremes are kept.
/// </summary>
internal sealed class ChannelMap(bool isSum)
{
    private const int SecondBandFrom = 36;
    private const int LastOf2G = 14;

    private readonly SortedDictionary<int, (HeardRow? Row, uint? DwellCs, long At)> _channels = [];

    /// <summary>Windows that were added, and the seconds they cover.</summary>
    public int Windows { get; private set; }

    public long Seconds { get; private set; }

    /// <summary>Uptime at the end of the newest window, seconds.</summary>
    public long End { get; private set; }

    /// <summary>Channel of the node's own uplink; null = unknown.</summary>
    public int? OwnChannel { get; private set; }

    /// <summary>Where the node's values come from; null before it is known. A stock image knows no channels.</summary>
    public Source? Radio { get; private set; }

    public bool IsStock => Radio == Source.StockScan;

    /// <summary>Takes what the node says of itself when it connects.</summary>
    public void Add(State birth)
    {
        if (birth.Status == State.Types.Status.Online)
        {
            Radio = birth.Radio;
        }
    }

    /// <summary>Takes a sound report.</summary>
    public void Add(ReportReading reading)
    {
        Report report = reading.Message!;
        End = (long)report.StartS + report.SpanS;
        if (report.Part == 0)
        {
            Windows++;
            Seconds += report.SpanS;
        }

        Radio = report.Link?.Source ?? Radio;
        OwnChannel = report.Link is { HasChannel: true } link ? (int)link.Channel : OwnChannel;
        if (report.Survey != null)
        {
            AddSurvey(report.Survey, reading.Rows);
        }
    }

    /// <summary>All channels of the bands of which anything is known, ascending; of 2.4 GHz always all but the 14th.</summary>
    public IReadOnlyList<ChannelView> Channels()
    {
        bool has5G = _channels.Keys.Any(channel => channel >= SecondBandFrom);
        uint shown2G = WifiChannels.Mask2G & ~(_channels.ContainsKey(LastOf2G) ? 0u : 1u << LastOf2G);
        return [.. WifiChannels.FromMasks(shown2G, has5G ? WifiChannels.Mask5G : 0).Select(View)];
    }

    private void AddSurvey(Protocol.Survey survey, IReadOnlyList<HeardRow> rows)
    {
        foreach (HeardRow row in rows)
        {
            Put((int)row.Channel, row, row.DwellCs);
        }

        foreach (QuietChannel quiet in QuietDwell.Expand(survey))
        {
            Put(quiet.Channel, null, quiet.DwellCs);
        }
    }

    private void Put(int channel, HeardRow? row, uint? dwell)
    {
        if (isSum && _channels.TryGetValue(channel, out var before))
        {
            row = Sum(before.Row, row, before.DwellCs + dwell);
            dwell = before.DwellCs + dwell;
        }

        _channels[channel] = (row, dwell, End);
    }

    private ChannelView View(int channel)
    {
        bool isOwn = channel == OwnChannel;
        if (!_channels.TryGetValue(channel, out var known))
        {
            return new ChannelView(channel, ChannelState.NotListened, null, null, null, isOwn);
        }

        ChannelState state = known.Row == null ? ChannelState.Quiet : ChannelState.Heard;
        return new ChannelView(channel, state, known.DwellCs / 100.0, known.Row, End - known.At, isOwn);
    }

    private static HeardRow? Sum(HeardRow? before, HeardRow? now, uint? dwell)
    {
        if (before is not { } a || now is not { } b)
        {
            return (before ?? now) is { } only ? only with { DwellCs = dwell ?? only.DwellCs } : null;
        }

        return new HeardRow(
            a.Channel, a.DwellCs + b.DwellCs, Math.Max(a.ApCount, b.ApCount), Stronger(a.RssiMax, b.RssiMax), a.Beacons + b.Beacons,
            a.OtherFrames + b.OtherFrames, a.AirtimeMs + b.AirtimeMs, Sum(a.Load, b.Load));
    }

    private static BssLoad? Sum(BssLoad? before, BssLoad? now) => before is { } a && now is { } b
        ? new BssLoad(a.Count + b.Count, a.Sum + b.Sum, Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max), Math.Max(a.StationsMax, b.StationsMax))
        : before ?? now;

    // As −dBm; 0 = not measured.
    private static uint Stronger(uint a, uint b) => a == 0 ? b : b == 0 ? a : Math.Min(a, b);
}
