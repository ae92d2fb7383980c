namespace nanoFramework.Json;

/// <summary>As on the device; its member resolver is not here.</summary>
public sealed class JsonSerializerOptions
{
    public JsonSerializerOptions()
    {
    }

    public JsonSerializerOptions(JsonSerializerDefaults defaults) => PropertyNameCaseInsensitive = defaults == JsonSerializerDefaults.Web;

    public static JsonSerializerOptions Default { get; } = new();

    public bool PropertyNameCaseInsensitive { get; set; }

    public bool ThrowExceptionWhenPropertyNotFound { get; set; }
}
