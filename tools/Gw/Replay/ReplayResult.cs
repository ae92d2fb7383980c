using System.Text.Json;
using System.Text.Json.Serialization;

namespace GatewayAgent.Gw.Replay;

/// <summary>The last line on standard output: counts of this run.</summary>
/// <param name="Frames">802.11 frames read from the capture.</param>
/// <param name="Beacons">Beacons that the stored reports counted.</param>
/// <param name="Reports">Reports the node closed.</param>
/// <param name="Stored">Of these, in the store. Reports that the node merged count one by one.</param>
/// <param name="Duplicates">Reports that reached the collector a second time and were not stored again.</param>
/// <param name="Rejected">Messages the collector kept aside.</param>
internal sealed record ReplayResult(
    [property: JsonPropertyName("frames")] long Frames,
    [property: JsonPropertyName("beacons")] long Beacons,
    [property: JsonPropertyName("reports")] long Reports,
    [property: JsonPropertyName("stored")] long Stored,
    [property: JsonPropertyName("duplicates")] long Duplicates,
    [property: JsonPropertyName("rejected")] long Rejected)
{
    [JsonPropertyName("lost")]
    public long Lost => Reports - Stored;

    public string Json() => JsonSerializer.Serialize(this);
}
