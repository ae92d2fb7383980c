using System.Text.Json;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>The hash keys of the homes: one each, the same on all its nodes, or hashes of one home could not be compared.</summary>
internal sealed class HomeKeys
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    private readonly SortedDictionary<string, string> _keys;

    /// <param name="json">Null: of a new kit.</param>
    /// <exception cref="ProvisionException">It is none that was written here.</exception>
    public HomeKeys(string? json)
    {
        try
        {
            _keys = new(JsonSerializer.Deserialize<Dictionary<string, string>>(json ?? "{}") ?? [], StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            // Its words could quote a key.
            throw new ProvisionException($"{KitFolder.HomeKeys}: is damaged. Put it back from where it is kept");
        }
    }

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
