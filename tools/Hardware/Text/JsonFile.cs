using System.Text.Json;
using System.Text.Json.Serialization;

namespace GatewayAgent.Hardware.Text;

/// <summary>Reads a JSON file that has a schema.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new HexConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <param name="name">Of the file, for messages.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="schema">What it must be like.</param>
    /// <exception cref="HardwareException">It is no JSON, or not as the schema says.</exception>
    public static T Read<T>(string name, string text, JsonSchema schema)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            Refuse(name, schema.Check(document.RootElement));
            return document.Deserialize<T>(_options)!;
        }
        catch (JsonException e)
        {
            throw new HardwareException($"{name}: {e.Message}");
        }
    }

    /// <exception cref="HardwareException">There is a problem; the message lists all.</exception>
    public static void Refuse(string name, IReadOnlyCollection<JsonProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new HardwareException(string.Join('\n', problems.Select(problem => $"{name}: {problem}")));
        }
    }

    /// <summary>What was built into the program: the files of <c>hardware/</c>, so that it works wherever it is started.</summary>
    public static string Embedded(string name)
    {
        using Stream stream = typeof(JsonFile).Assembly.GetManifestResourceStream(name) ?? throw new HardwareException($"{name}: not built in");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>"0x1E0000" to a number.</summary>
    private sealed class HexConverter : JsonConverter<uint>
    {
        public override uint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Convert.ToUInt32(reader.GetString(), 16);

        public override void Write(Utf8JsonWriter writer, uint value, JsonSerializerOptions options) => writer.WriteStringValue($"0x{value:X}");
    }
}
