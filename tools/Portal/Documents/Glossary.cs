namespace GatewayAgent.Portal.Documents;

/// <summary>What the words of the documents mean.</summary>
internal static class Glossary
{
    public static IReadOnlyDictionary<string, string> Words { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["airtime"] = "Estimated air time of the frames heard on a channel, percent of the time listened: a lower bound of what was used.",
        ["ap"] = "Keyed hash of an access point's address: the same on all nodes of a home, meaningless outside it.",
        ["backhaul"] = "The Wi-Fi link by which a mesh node reaches the rest of the home.",
        ["baselineIndex"] = "The index of the weeks before, that today is held against.",
        ["bssLoad"] = "Source: what an access point states itself in its BSS Load element.",
        ["cause"] = "What is wrong: weakBackhaul, badPlacement, poorCoverage, congestedChannel, newNeighbour, interference, overloadedAccessPoint, wanDown, sickNode or silentNode.",
        ["clients"] = "Stations connected to the node's own access point.",
        ["companion"] = "A node that listens beside the gateway and serves nobody.",
        ["confidence"] = "0-1: how much of the evidence that a rule knows is there, and how much speaks against it.",
        ["dBm"] = "Signal strength; nearer to 0 is stronger. -50 is strong, -72 just good, -80 weak.",
        ["dismissed"] = "A cause that was looked for and not found, or that cannot be told for want of facts.",
        ["gatewayLatency"] = "Round trip of a DNS question to the home's gateway: the Wi-Fi inside the home.",
        ["brokerLatency"] = "Round trip to the operator's broker: Wi-Fi, gateway and the way beyond it.",
        ["heard"] = "State of a channel: frames were received on it.",
        ["index"] = "Home stability index, 0-100: good share of the known user time of 24 hours; a unit's index is the least of its parts. The network part of a customer's experience, not all of it.",
        ["linkRssi"] = "How strongly a node hears what serves it.",
        ["meshNode"] = "A node that has a backhaul and serves clients.",
        ["native"] = "Source: measured by the node's own radio driver, fresh and complete.",
        ["quiet"] = "State of a channel: listened to, and no frame could be read.",
        ["stockEvent"] = "Source: a stock image's list of stations; signals are refreshed on joins and leaves only.",
        ["stockScan"] = "Source: a stock image's scan; minutes old, own access point only, no channels.",
        ["unknown"] = "Not measured. Never counted as good, and not the same as 0.",
        ["user time"] = "Time multiplied by those who had it: two clients for one hour are two user-hours.",
        ["utilization"] = "Busy share of a channel, 0-255 = 0-100 %, as access points state it.",
        ["window"] = "The time of one report of a node, usually a minute or several.",
    };
}
