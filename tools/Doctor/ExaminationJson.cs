using System.Text.Json;
using System.Text.Json.Serialization;

namespace GatewayAgent.Doctor;

/// <summary>An examination for programs, in a line.</summary>
public static class ExaminationJson
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(Examination examination) => JsonSerializer.Serialize(
        new
        {
            node = examination.Subject,
            first = examination.First?.Check,
            checks = examination.Findings.Select(finding => new
            {
                name = finding.Check,
                outcome = finding.Verdict.Outcome,
                text = finding.Verdict.Text,
                known = finding.Verdict.Known,
                todo = finding.Verdict.Todo,
            }),
        },
        _options);
}
