using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayAgent.App;
using nanoFramework.Json;

namespace GatewayAgent.Provisioning.Nodes;

/// <summary>
/// What several nodes have in common beside what each is given: a JSON object with members of <c>agent.json</c>, such as the pins of a board,
/// <c>{"light": {"pin": 48}, "ntpServer": "ntp.example"}</c>. A name that the firmware does not know is refused: it would skip it without a word.
/// </summary>
public sealed class SettingsTemplate
{
    private static readonly string[] _given =
    [
        nameof(ProvisionedSettings.home), nameof(ProvisionedSettings.node), nameof(ProvisionedSettings.ssid), nameof(ProvisionedSettings.brokerHost),
        nameof(ProvisionedSettings.brokerPort), nameof(ProvisionedSettings.brokerTls), nameof(ProvisionedSettings.brokerPassword),
        nameof(ProvisionedSettings.homeKey), nameof(ProvisionedSettings.windowSeconds), nameof(ProvisionedSettings.role),
    ];

    private readonly JsonObject _members;

    private SettingsTemplate(JsonObject members) => _members = members;

    /// <summary>Each member as it is to stand in <c>agent.json</c>.</summary>
    internal IEnumerable<(string Name, string Json)> Members => _members.Select(member => (member.Key, member.Value?.ToJsonString() ?? "null"));

    /// <exception cref="ProvisionException">It is missing, no JSON object, or has a member that cannot be used.</exception>
    public static SettingsTemplate Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new ProvisionException($"{path}: no such file");
        }

        return Parse(File.ReadAllText(path)) is var (template, problem) && problem == null
            ? template!
            : throw new ProvisionException($"{path}: {problem}");
    }

    /// <summary>Of members that are known to be sound.</summary>
    public static SettingsTemplate Of(JsonObject members) => new(members);

    /// <summary>These settings, and of others what these do not say.</summary>
    public SettingsTemplate Over(SettingsTemplate? others)
    {
        var all = (JsonObject)(others?._members.DeepClone() ?? new JsonObject());
        foreach ((string name, JsonNode? value) in _members)
        {
            all[name] = value?.DeepClone();
        }

        return new SettingsTemplate(all);
    }

    internal static (SettingsTemplate? Template, string? Problem) Parse(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject members)
            {
                return (null, "is no JSON object");
            }

            string? problem = members.Select(member => member.Key).FirstOrDefault(_given.Contains) is { } given
                ? $"{given}: is given for each node, not here"
                : Unknown(members) is { } unknown ? $"{unknown}: the firmware knows no such setting" : Unreadable(text);
            return (new SettingsTemplate(members), problem);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return (null, $"is not JSON ({fault.Message})");
        }
    }

    /// <returns>The first member of an <c>agent.json</c> that the firmware does not know, dotted where it is an inner one; null = it knows all.</returns>
    public static string? Unknown(JsonObject members) => Unknown(members, typeof(ProvisionedSettings), "");

    private static string? Unknown(JsonObject members, Type type, string prefix)
    {
        foreach ((string name, JsonNode? value) in members)
        {
            PropertyInfo? property = type.GetProperty(name);
            string? unknown = property == null ? prefix + name
                : value is JsonObject inner ? Unknown(inner, property.PropertyType, $"{prefix}{name}.")
                : null;
            if (unknown != null)
            {
                return unknown;
            }
        }

        return null;
    }

    // As the firmware reads it.
    private static string? Unreadable(string text)
    {
        try
        {
            JsonConvert.DeserializeObject(text, typeof(ProvisionedSettings));
            return null;
        }
        catch (Exception fault)
        {
            return $"has a value of the wrong kind ({fault.GetType().Name})";
        }
    }
}
