using System.Text.Json.Nodes;

namespace GatewayAgent.Portal.Api;

/// <summary>Answers as the OpenAPI document shows them, by the name of what they are of.</summary>
internal static class Examples
{
    public const string Csv = "CsvRows";
    public const string LiveStream = "LiveStream";

    public static JsonObject All { get; } = Read();

    private static JsonObject Read()
    {
        using Stream file = typeof(Examples).Assembly.GetManifestResourceStream("Examples.json")!;
        return JsonNode.Parse(file)!.AsObject();
    }
}
