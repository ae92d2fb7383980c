using System.Globalization;
using System.Text;
using GatewayAgent.Protocol;

namespace GatewayAgent.Provisioning.Nodes;

/// <summary>What somebody wants a node to be. Plain values as they were given; <see cref="Problems"/> says whether they can be used.</summary>
public sealed record NodePlan
{
    public const string MeshNode = "mesh-node", Companion = "companion";

    /// <summary>
    /// The runtime keeps a name in 32 bytes and wants a zero after it: a longer one is dropped as a whole, and the node joins nothing
    /// (nf-interpreter a3e8139a1, NF_ESP32_Wireless.cpp, hal_strncpy_s).
    /// </summary>
    public const int DeviceSsidBytes = 31;

    public required string Home { get; init; }

    /// <summary>Unique at the broker, not only in its home.</summary>
    public required string Node { get; init; }

    public required WifiNetwork Wifi { get; init; }

    /// <summary><see cref="MeshNode"/> or <see cref="Companion"/>.</summary>
    public string Role { get; init; } = MeshNode;

    public int WindowSeconds { get; init; } = Limits.WindowDefaultSeconds;

    /// <summary>Pins and the like, which a board has; null = none.</summary>
    public SettingsTemplate? Settings { get; init; }

    /// <summary>What cannot be used: the field, as it is called in a batch file, and why.</summary>
    public IEnumerable<(string Field, string Problem)> Problems()
    {
        (string, string?)[] found =
        [
            ("home", CheckId(Home)),
            ("node", CheckId(Node)),
            ("ssid", CheckSsid(Wifi.Ssid)),
            ("wifi_password", WifiNetwork.CheckPassword(Wifi.Password)),
            ("role", Role is MeshNode or Companion ? null : $"'{Role}' is neither {MeshNode} nor {Companion}"),
            ("window", WindowSeconds is >= Limits.WindowMinSeconds and <= Limits.WindowMaxSeconds
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"'{WindowSeconds}' is not within {Limits.WindowMinSeconds}–{Limits.WindowMaxSeconds} seconds")),
        ];
        return found.Where(problem => problem.Item2 != null)!;
    }

    // Ids are names of folders, too.
    internal static bool IsId(string id) => Topics.IsId(id) && id is not ("." or "..");

    private static string? CheckId(string id) =>
        id.Length == 0 ? "must not be empty"
        : IsId(id) ? null
        : $"'{id}' is not 1–{Topics.MaxIdLength} of A–Z a–z 0–9 . _ -";

    private static string? CheckSsid(string ssid) =>
        WifiNetwork.CheckSsid(ssid)
        ?? (Encoding.UTF8.GetByteCount(ssid) > DeviceSsidBytes
            ? $"'{ssid}' has {WifiNetwork.MaximumSsidBytes} bytes in UTF-8: the device's runtime takes {DeviceSsidBytes} at most"
            : null);
}
