using System.Text.Json;

namespace GatewayAgent.Gw.Fleet;

/// <summary>What became of a fleet.</summary>
/// <param name="Reports">Reports that its nodes closed.</param>
/// <param name="Unheard">Of these, reports that ended with their boot before anybody had heard of them, as the nodes' own counts say.</param>
/// <param name="Kept">Reports that nodes without a way out had not sent in the end.</param>
/// <param name="Unacknowledged">Reports that were sent and not acknowledged in the end.</param>
/// <param name="Messages">Reports, events and states sent, repetitions included.</param>
internal sealed record FleetResult(int Homes, int Nodes, int Troubled, long Reports, long Unheard, long Kept, long Unacknowledged, long Messages)
{
    private static readonly JsonSerializerOptions _format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>One line.</summary>
    public string Json() => JsonSerializer.Serialize(this, _format);
}
