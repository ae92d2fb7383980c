using System.Text.Json;
using System.Text.Json.Serialization;

namespace GatewayAgent.Doctor.Factory;

/// <summary>How a test ended.</summary>
public enum FactoryOutcome
{
    Pass,
    Fail,

    /// <summary>Left out on purpose.</summary>
    Skipped,
}

/// <param name="Name">radio, link, reference, memory, light, display, button, flash.</param>
/// <param name="Measured">What was found.</param>
/// <param name="Limit">What it should be.</param>
public sealed record FactoryTest(string Name, FactoryOutcome Outcome, string Measured, string Limit);

/// <summary>What became of one node.</summary>
/// <param name="At">When it was tested.</param>
/// <param name="Serial">Number of the unit, as it was given; null = none.</param>
/// <param name="Passed">Nothing failed. What was skipped is not proved.</param>
public sealed record FactoryRecord(
    DateTimeOffset At,
    string Home,
    string Node,
    string? Serial,
    string? Operator,
    string? AgentVersion,
    FactoryLimits Limits,
    IReadOnlyList<FactoryTest> Tests,
    bool Passed)
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>A JSON object on one line.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, _options);
}
