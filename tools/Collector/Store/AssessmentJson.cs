using System.Text.Json;
using System.Text.Json.Serialization;
using GatewayAgent.Insight.Diagnosis;

namespace GatewayAgent.Collector.Store;

/// <summary>An assessment as it is kept.</summary>
internal static class AssessmentJson
{
    private static readonly JsonSerializerOptions _options = new()
    {
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(HomeAssessment assessment) => JsonSerializer.Serialize(assessment, _options);

    public static HomeAssessment Read(string document) => JsonSerializer.Deserialize<HomeAssessment>(document, _options)!;
}
