using System.Text.Json.Nodes;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Documents;

/// <summary>
/// A home in the names and encodings of Wi-Fi Alliance Data Elements as TR-181 lays them out (<c>Device.WiFi.DataElements.Network.</c>):
/// RCPI, utilisation 0–255. What is not known is absent, never 0 or 255. What the model has no name for stands under
/// <c>X_GATEWAY-AGENT_</c>: each value's source and age.
/// </summary>
internal static class DataElements
{
    public static JsonObject Of(HomeFacts facts) => new()
    {
        ["Device.WiFi.DataElements.Network."] = new JsonObject
        {
            ["ID"] = facts.Home,
            ["TimeStamp"] = Time(facts.Now),
            ["DeviceNumberOfEntries"] = facts.Nodes.Count,
            ["Device"] = new JsonArray([.. facts.Nodes.Select(node => Device(node, facts.Now))]),
        },
    };

    /// <summary>Received power as 802.11 encodes it: 2·(dBm + 110), 0–220.</summary>
    public static int Rcpi(double dbm) => (int)Math.Clamp(Math.Round(2 * (dbm + 110)), 0, 220);

    /// <summary>Global operating class of a 20 MHz channel (IEEE 802.11 Table E-4).</summary>
    public static int OperatingClass(int channel) => channel switch
    {
        <= 13 => 81,
        14 => 82,
        <= 48 => 115,
        <= 64 => 118,
        <= 144 => 121,
        <= 161 => 124,
        _ => 125,
    };

    private static JsonObject Device(NodeFacts node, DateTimeOffset now)
    {
        var device = new JsonObject { ["ID"] = node.Node };
        if (node.Birth is { } birth)
        {
            Put(device, "SoftwareVersion", string.IsNullOrEmpty(birth.AgentVersion) ? null : birth.AgentVersion);
            Put(device, "CollectionInterval", birth.WindowS == 0 ? null : birth.WindowS * 1000L);
            device["X_GATEWAY-AGENT_Role"] = Words.Of(birth.Role);
        }

        if (node.Latest(window => window.Report.Link) is { } link && Backhaul(link, now) is { } backhaul)
        {
            device["MultiAPDevice"] = new JsonObject { ["Backhaul"] = backhaul };
        }

        Put(device, "Radio", Radio(node, now));
        return device;
    }

    private static JsonObject? Backhaul(Latest<Link> link, DateTimeOffset now)
    {
        if (!Histogram.TryUnpack(link.Value.RssiHistogram, HistogramScale.Rssi, out Histogram? rssi, out _) || rssi.Percentile(50) is not { } median)
        {
            return null;
        }

        return new JsonObject
        {
            ["LinkType"] = "Wi-Fi",
            ["Stats"] = new JsonObject
            {
                ["TimeStamp"] = Time(link.Window.End),
                ["SignalStrength"] = Rcpi(BinValue.Middle(median)),
                ["X_GATEWAY-AGENT_Source"] = Words.Of(link.Value.Source),
                ["X_GATEWAY-AGENT_AgeSeconds"] = Round.Age(link.Window.End, now) + (link.Value.HasAgeS ? link.Value.AgeS : 0),
            },
        };
    }

    private static JsonArray? Radio(NodeFacts node, DateTimeOffset now)
    {
        var radio = new JsonObject();
        NodeChannelsDocument map = NodeChannelsDocument.Of(node, now);
        ChannelDocument? own = map.Channels?.FirstOrDefault(channel => channel.IsOwn);
        if (own?.Utilization is { } utilization)
        {
            radio["Utilization"] = (int)Math.Round(utilization);
            radio["X_GATEWAY-AGENT_UtilizationSource"] = Words.Of(Source.BssLoad);
            radio["X_GATEWAY-AGENT_UtilizationAgeSeconds"] = own.AgeSeconds;
        }

        Put(radio, "BSS", Bss(node, now));
        Put(radio, "ScanResult", ScanResult(map, now));
        return radio.Count == 0 ? null : [radio];
    }

    private static JsonArray? Bss(NodeFacts node, DateTimeOffset now) => ClientsDocument.Of(node, now) is { } clients
        ? [new JsonObject
        {
            ["STANumberOfEntries"] = (int)Math.Round(clients.Mean),
            ["X_GATEWAY-AGENT_Source"] = clients.Source,
            ["X_GATEWAY-AGENT_AgeSeconds"] = clients.AgeSeconds,
        }]
        : null;

    private static JsonArray? ScanResult(NodeChannelsDocument map, DateTimeOffset now)
    {
        ChannelDocument[] known = [.. (map.Channels ?? []).Where(channel => channel.State != ChannelKnowledge.Unknown)];
        if (known.Length == 0)
        {
            return null;
        }

        var classes = known.GroupBy(channel => OperatingClass(channel.Channel)).Select(group => new JsonObject
        {
            ["OperatingClass"] = group.Key,
            ["NumberOfChannelScans"] = group.Count(),
            ["ChannelScan"] = new JsonArray([.. group.Select(channel => ChannelScan(channel, now))]),
        }).ToList();
        return [new JsonObject
        {
            ["TimeStamp"] = Time(now.AddSeconds(-(known.Min(channel => channel.AgeSeconds) ?? 0))),
            ["NumberOfOpClassScans"] = classes.Count,
            ["OpClassScan"] = new JsonArray([.. classes]),
        }];
    }

    private static JsonObject ChannelScan(ChannelDocument channel, DateTimeOffset now)
    {
        var scan = new JsonObject { ["Channel"] = channel.Channel, ["TimeStamp"] = Time(now.AddSeconds(-(channel.AgeSeconds ?? 0))) };
        Put(scan, "Utilization", channel.Utilization is { } stated ? (int)Math.Round(stated) : null);
        scan["NumberOfNeighbors"] = channel.ApCount ?? 0;
        Put(scan, "X_GATEWAY-AGENT_StrongestNeighborRCPI", channel.RssiMaxDbm is { } dbm ? Rcpi(dbm) : null);
        Put(scan, "X_GATEWAY-AGENT_AirtimeAtLeastPercent", channel.AirtimeAtLeastPercent);
        Put(scan, "X_GATEWAY-AGENT_DwellSeconds", channel.DwellSeconds);
        return scan;
    }

    private static void Put(JsonObject parent, string name, JsonNode? value)
    {
        if (value != null)
        {
            parent[name] = value;
        }
    }

    private static string Time(DateTimeOffset moment) => $"{moment.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}";
}
