using System.Text.Json;
using System.Text.RegularExpressions;

namespace GatewayAgent.Hardware.Text;

/// <summary>
/// JSON Schema, as far as the schemas of <c>hardware/</c> go. A keyword that is not known here is an error of the schema: none is passed over.
/// </summary>
public sealed class JsonSchema
{
    private const int ShownLength = 40;

    private static readonly HashSet<string> _annotations = ["$schema", "$id", "$defs", "title", "description"];

    private readonly JsonElement _root;

    public JsonSchema(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        _root = document.RootElement.Clone();
    }

    /// <summary>Everything that is wrong, in the order of the file; empty = sound.</summary>
    public IReadOnlyList<JsonProblem> Check(JsonElement value)
    {
        var problems = new List<JsonProblem>();
        Check(_root, value, "", problems);
        return problems;
    }

    private void Check(JsonElement schema, JsonElement value, string field, List<JsonProblem> problems)
    {
        if (schema.TryGetProperty("type", out JsonElement type) && !IsOfType(value, type.GetString()!))
        {
            problems.Add(new JsonProblem(field, Show(value), $"must be {Article(type.GetString()!)}"));
            return;
        }

        foreach (JsonProperty keyword in schema.EnumerateObject().Where(keyword => !_annotations.Contains(keyword.Name)))
        {
            Check(schema, keyword, value, field, problems);
        }
    }

    private void Check(JsonElement schema, JsonProperty keyword, JsonElement value, string field, List<JsonProblem> problems)
    {
        switch (keyword.Name)
        {
            case "type":
                break;
            case "$ref":
                Check(_root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]), value, field, problems);
                break;
            case "required":
                problems.AddRange(keyword.Value.EnumerateArray().Select(name => name.GetString()!)
                    .Where(name => !value.TryGetProperty(name, out _))
                    .Select(name => new JsonProblem(Under(field, name), "", "is missing")));
                break;
            case "properties":
                CheckProperties(schema, keyword.Value, value, field, problems);
                break;
            case "additionalProperties" when schema.TryGetProperty("properties", out _) || keyword.Value.ValueKind == JsonValueKind.Object:
                CheckOthers(schema, keyword.Value, value, field, problems);
                break;
            case "items":
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Check(keyword.Value, item, $"{field}[{index++}]", problems);
                }

                break;
            default:
                if (Fault(keyword, value) is { } reason)
                {
                    problems.Add(new JsonProblem(field, Show(value), reason));
                }

                break;
        }
    }

    private void CheckProperties(JsonElement schema, JsonElement properties, JsonElement value, string field, List<JsonProblem> problems)
    {
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            if (value.TryGetProperty(property.Name, out JsonElement child))
            {
                Check(property.Value, child, Under(field, property.Name), problems);
            }
        }
    }

    private void CheckOthers(JsonElement schema, JsonElement others, JsonElement value, string field, List<JsonProblem> problems)
    {
        bool isNamed(string name) => schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(name, out _);
        foreach (JsonProperty property in value.EnumerateObject().Where(property => !isNamed(property.Name)))
        {
            if (others.ValueKind == JsonValueKind.False)
            {
                problems.Add(new JsonProblem(Under(field, property.Name), Show(property.Value), "is no field of this file"));
            }
            else
            {
                Check(others, property.Value, Under(field, property.Name), problems);
            }
        }
    }

    /// <returns>Null when the value is as the keyword wants it.</returns>
    private static string? Fault(JsonProperty keyword, JsonElement value) => keyword.Name switch
    {
        "enum" => keyword.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value))
            ? null
            : $"must be {(keyword.Value.GetArrayLength() == 1 ? "" : "one of ")}{string.Join(", ", keyword.Value.EnumerateArray().Select(one => one.ToString()))}",
        "pattern" => Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!) ? null : $"must match {keyword.Value.GetString()}",
        "minimum" => value.GetDouble() >= keyword.Value.GetDouble() ? null : $"must be at least {keyword.Value}",
        "maximum" => value.GetDouble() <= keyword.Value.GetDouble() ? null : $"must be at most {keyword.Value}",
        "minItems" => value.GetArrayLength() >= keyword.Value.GetInt32() ? null : $"must have at least {keyword.Value} entries",
        _ => throw new HardwareException($"the schema's keyword '{keyword.Name}' is not known"),
    };

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new HardwareException($"the schema's type '{type}' is not known"),
    };

    private static string Article(string type) => type is "object" or "array" or "integer" ? $"an {type}" : $"a {type}";

    private static string Under(string field, string name) => field.Length == 0 ? name : $"{field}.{name}";

    private static string Show(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= ShownLength ? text : text[..ShownLength] + "…";
    }
}
