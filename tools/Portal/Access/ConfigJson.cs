using System.Text.Json;
using System.Text.Json.Serialization;

namespace GatewayAgent.Portal.Access;

/// <summary>Files that people write: comments are fine, a misspelt field is not.</summary>
internal static class ConfigJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    /// <exception cref="PortalException">The file cannot be read, is too large or does not hold what it should.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > PortalLimits.MaxConfigBytes)
            {
                throw new PortalException($"{path}: {file.Length} bytes; at most {PortalLimits.MaxConfigBytes} are read");
            }

            return JsonSerializer.Deserialize<T>(file, Options) ?? throw new PortalException($"{path}: holds null");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PortalException($"{path}: {e.Message}", e);
        }
    }
}
