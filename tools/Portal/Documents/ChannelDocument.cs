using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Documents;

/// <summary>The channels of a home as its nodes heard them last.</summary>
internal sealed record ChannelMapDocument(string Home, DateTimeOffset At, IReadOnlyList<NodeChannelsDocument> Nodes)
{
    public static ChannelMapDocument Of(HomeFacts facts) =>
        new(facts.Home, facts.Now, [.. facts.Nodes.Select(node => NodeChannelsDocument.Of(node, facts.Now))]);
}

/// <summary>The channels as one node heard them.</summary>
/// <param name="OwnChannel">Of its uplink; absent = unknown.</param>
/// <param name="Channels">Absent when it runs a stock image, which knows no channels, or was not heard in the last two days.</param>
internal sealed record NodeChannelsDocument(string Node, uint? OwnChannel, IReadOnlyList<ChannelDocument>? Channels)
{
    private const int SecondBandFrom = 36;
    private const uint Usual2G = WifiChannels.Mask2G & ~(1u << 14);

    public static NodeChannelsDocument Of(NodeFacts node, DateTimeOffset now)
    {
        uint? own = node.Latest(window => window.Report.Link is { HasChannel: true } link ? link : null)?.Value.Channel;
        Dictionary<int, ChannelDocument> known = Listened(node, own, now);
        if (known.Count == 0)
        {
            return new NodeChannelsDocument(node.Node, own, null);
        }

        uint mask5G = known.Keys.Any(channel => channel >= SecondBandFrom) ? WifiChannels.Mask5G : 0;
        uint mask2G = known.ContainsKey(14) ? WifiChannels.Mask2G : Usual2G;
        return new NodeChannelsDocument(
            node.Node,
            own,
            [.. WifiChannels.FromMasks(mask2G, mask5G).Select(channel => known.GetValueOrDefault(channel) ?? ChannelDocument.Unknown(channel, channel == own))]);
    }

    // Each channel as of the last window that listened to it.
    private static Dictionary<int, ChannelDocument> Listened(NodeFacts node, uint? own, DateTimeOffset now)
    {
        var known = new Dictionary<int, ChannelDocument>();
        foreach (NodeWindow window in node.Windows.Reverse().Where(window => window.Report.Survey != null))
        {
            long? age = Round.Age(window.End, now);
            foreach (HeardRow row in window.Rows)
            {
                known.TryAdd((int)row.Channel, ChannelDocument.Heard(row, row.Channel == own, age));
            }

            foreach (QuietChannel quiet in QuietDwell.Expand(window.Report.Survey))
            {
                known.TryAdd(quiet.Channel, ChannelDocument.Quiet(quiet, quiet.Channel == own, age));
            }
        }

        return known;
    }
}

/// <summary>What is known of a channel.</summary>
internal enum ChannelKnowledge
{
    /// <summary>Frames were heard.</summary>
    Heard,

    /// <summary>Listened to, and no frame could be read.</summary>
    Quiet,

    /// <summary>Not listened to: neither busy nor idle.</summary>
    Unknown,
}

/// <summary>A channel as one node heard it.</summary>
/// <param name="AgeSeconds">Since the end of the window that listened to it last.</param>
/// <param name="DwellSeconds">Time listened; 0 = only heard from a neighbouring channel.</param>
/// <param name="Utilization">What access points state of it (BSS Load), mean, 0–255; absent = none states it.</param>
/// <param name="AirtimeAtLeastPercent">Air time of the frames heard as a share of the time listened: a lower bound.</param>
/// <param name="RssiMaxDbm">Strongest access point.</param>
/// <param name="StationsMax">Largest number of stations that an access point states.</param>
internal sealed record ChannelDocument(
    int Channel,
    ChannelKnowledge State,
    bool IsOwn,
    long? AgeSeconds = null,
    double? DwellSeconds = null,
    uint? ApCount = null,
    int? RssiMaxDbm = null,
    double? Utilization = null,
    double? AirtimeAtLeastPercent = null,
    uint? StationsMax = null,
    uint? Beacons = null,
    uint? OtherFrames = null)
{
    public static ChannelDocument Unknown(int channel, bool isOwn) => new(channel, ChannelKnowledge.Unknown, isOwn);

    public static ChannelDocument Quiet(QuietChannel quiet, bool isOwn, long? age) =>
        new(quiet.Channel, ChannelKnowledge.Quiet, isOwn, age, quiet.DwellCs / 100.0);

    public static ChannelDocument Heard(HeardRow row, bool isOwn, long? age) => new(
        (int)row.Channel,
        ChannelKnowledge.Heard,
        isOwn,
        age,
        row.DwellCs / 100.0,
        row.ApCount,
        row.RssiMaxDbm,
        Round.Tenth(row.Load?.Mean),
        row.DwellCs == 0 ? null : Round.Tenth(Math.Min(100, row.AirtimeMs * 10.0 / row.DwellCs)),
        row.Load?.StationsMax,
        row.Beacons,
        row.OtherFrames);
}
