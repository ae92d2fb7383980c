using System.Text;

namespace nanoFramework.Json;

/// <summary>
/// JSON as the device reads and writes it. Objects become instances of the type asked for (public properties and fields, names
/// case-sensitive unless told otherwise, unknown names skipped), or Hashtable and ArrayList; whole numbers become int, long or
/// ulong, the first that fits, others double; a string that is an ISO 8601 time becomes a DateTime where no type is asked for.
/// </summary>
public static class JsonConvert
{
    public static object DeserializeObject(string value, Type type) => DeserializeObject(value, type, JsonSerializerOptions.Default);

    public static object DeserializeObject(string value, Type type, JsonSerializerOptions options) =>
        JsonPopulator.Populate(JsonTree.Parse(value), type, options);

    public static object DeserializeObject(Stream stream, Type type) => DeserializeObject(stream, type, JsonSerializerOptions.Default);

    /// <summary>Reads the whole stream.</summary>
    public static object DeserializeObject(Stream stream, Type type, JsonSerializerOptions options)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        return DeserializeObject(reader.ReadToEnd(), type, options);
    }

    public static string SerializeObject(object oSource) => JsonSerializer.SerializeObject(oSource);
}
