using System.Text.Json.Nodes;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Survey;

/// <summary>A channel map for programs: one JSON object a line. Null = unknown; percentages are 0–100.</summary>
internal static class ChannelJson
{
    public static string Of(ChannelMap map, string node) => new JsonObject
    {
        ["node"] = node,
        ["radio"] = map.Radio is { } radio ? radio == Source.StockScan ? "stock" : "native" : null,
        ["own_channel"] = map.OwnChannel,
        ["windows"] = map.Windows,
        ["seconds"] = map.Seconds,
        ["channels"] = map.IsStock ? null : new JsonArray([.. map.Channels().Select(Of)]),
    }.ToJsonString();

    private static JsonObject Of(ChannelView channel) => new()
    {
        ["channel"] = channel.Channel,
        ["state"] = channel.State switch { ChannelState.Heard => "heard", ChannelState.Quiet => "quiet", _ => "unknown" },
        ["own"] = channel.IsOwn,
        ["age_s"] = channel.AgeSeconds,
        ["dwell_s"] = channel.DwellSeconds,
        ["utilization_percent"] = Rounded(channel.StatedPercent),
        ["airtime_at_least_percent"] = Rounded(channel.AirtimePercent),
        ["ap_count"] = channel.Heard?.ApCount,
        ["rssi_max_dbm"] = channel.Heard?.RssiMaxDbm,
        ["stations_max"] = channel.Heard?.Load?.StationsMax,
        ["beacons"] = channel.Heard?.Beacons,
        ["other_frames"] = channel.Heard?.OtherFrames,
    };

    private static double? Rounded(double? percent) => percent is { } known ? Math.Round(known, 2) : null;
}
