using System.Text.Json;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>The hash keys of the homes: one each, the same on all its nodes, or hashes of one home could not be compared.</summary>
internal sealed class HomeKeys
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    private readonly SortedDictionary<string, string> _keys;

    public HomeKeys(string? json) => _keys = json == null ? new(StringComparer.Ordinal) : new(JsonSerializer.Deserialize<Dictionary<string, string>>(json)!, StringComparer.Ordinal);

    /// <summary>32 hexadecimal digits; made when the home has none yet.</summary>
    public string Of(string home)
    {
        if (!_keys.TryGetValue(home, out string? key))
        {
            _keys[home] = key = Secrets.New();
        }

        return key;
    }

    /// <summary>Forgets homes without nodes.</summary>
    public void Keep(IEnumerable<string> homes)
    {
        foreach (string home in _keys.Keys.Except(homes).ToArray())
        {
            _keys.Remove(home);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(_keys, _json) + "\n";
}
