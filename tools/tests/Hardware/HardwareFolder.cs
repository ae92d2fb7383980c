using System.Text.Json.Nodes;

namespace GatewayAgent.Tests.Hardware;

/// <summary>The files of <c>hardware/</c>, as they are in the repository.</summary>
internal static class HardwareFolder
{
    public static string Root { get; } = Path.Combine(SharedData.RepositoryRoot, "hardware");

    /// <summary>Ids of all boards.</summary>
    public static IReadOnlyList<string> Ids { get; } =
        [.. Directory.GetDirectories(Root).Where(folder => File.Exists(Path.Combine(folder, "board.json"))).Select(folder => Path.GetFileName(folder)!).Order()];

    public static TheoryData<string> Boards { get; } = [.. Ids];

    public static string Text(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    public static JsonObject Json(string relative) => JsonNode.Parse(Text(relative))!.AsObject();

    /// <summary>Every property of a JSON object, at any depth, with its path as messages write it.</summary>
    public static IEnumerable<(string Field, JsonObject Owner, string Name)> Properties(JsonNode? node, string field = "")
    {
        IEnumerable<(string Field, JsonNode? Child)> children = node switch
        {
            JsonObject owner => owner.Select(child => (field.Length == 0 ? child.Key : $"{field}.{child.Key}", child.Value)),
            JsonArray list => list.Select((child, index) => ($"{field}[{index}]", child)),
            _ => [],
        };
        foreach ((string path, JsonNode? child) in children.ToList())
        {
            if (node is JsonObject owner)
            {
                yield return (path, owner, path[(path.LastIndexOf('.') + 1)..]);
            }

            foreach ((string, JsonObject, string) deeper in Properties(child, path))
            {
                yield return deeper;
            }
        }
    }
}
