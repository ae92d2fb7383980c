using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GatewayAgent.App;
using GatewayAgent.Provisioning.Kits;

namespace GatewayAgent.Provisioning.Nodes;

/// <summary>What only one node or one home knows.</summary>
/// <param name="HomeKey">32 hexadecimal digits, of its home.</param>
/// <param name="Password">At the broker; null = it has a certificate.</param>
internal sealed record NodeSecrets(string HomeKey, string? Password);

/// <summary>
/// The texts of a node's files: <c>agent.json</c> as the firmware reads it, and the two lists that <c>nanoff --networkdeployment</c> and
/// <c>--filedeployment</c> take.
/// </summary>
internal static class NodeFiles
{
    public const string Settings = ProvisionedSettings.FileName, Network = "network.json", List = "files.json", Request = "client.csr";
    public const string Authority = ProvisionedCertificates.AuthorityFile, Certificate = ProvisionedCertificates.CertificateFile, Key = ProvisionedCertificates.KeyFile;

    // Of the device's file system, where the firmware looks.
    private const string FlashRoot = @"I:\";

    private static readonly string[] _deployed = [Settings, Authority, Certificate, Key];

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string SettingsJson(NodePlan plan, KitSettings kit, NodeSecrets secrets)
    {
        IEnumerable<(string Name, string Json)> members =
        [
            ("home", Quoted(plan.Home)),
            ("node", Quoted(plan.Node)),
            ("ssid", Quoted(plan.Wifi.Ssid)),
            ("brokerHost", Quoted(kit.Host)),
            ("brokerPort", kit.Port.ToString(CultureInfo.InvariantCulture)),
            ("brokerTls", kit.IsTls ? "true" : "false"),
            .. secrets.Password is { } password ? [("brokerPassword", Quoted(password))] : Array.Empty<(string, string)>(),
            ("homeKey", Quoted(secrets.HomeKey)),
            ("windowSeconds", plan.WindowSeconds.ToString(CultureInfo.InvariantCulture)),
            ("role", Quoted(plan.Role)),
            .. plan.Settings?.Members ?? [],
        ];
        return $"{{\n{string.Join(",\n", members.Select(member => $"  \"{member.Name}\": {member.Json}"))}\n}}\n";
    }

    /// <summary>
    /// The Wi-Fi, for the device's configuration. nanoff knows no word for WPA3: the station joins by WPA2 or WPA3, whichever the access point
    /// offers. No certificates go there: one stored there would be trusted beside <c>ca.pem</c>.
    /// </summary>
    public static string NetworkJson(WifiNetwork wifi) => JsonSerializer.Serialize(
        new
        {
            WirelessClient = new
            {
                wifi.Ssid,
                Password = wifi.Password ?? "",
                Authentication = wifi.Password == null ? "Open" : "WPA2",
                Encryption = wifi.Password == null ? "None" : "WPA2",
                ConfigurationOption = "AutoConnect",
                DhcpEnabled = true,
                AutomaticDNS = true,
            },
        },
        _json) + "\n";

    /// <summary>
    /// The files to copy. They are named as they lie beside this list, so that the folder can be carried to another machine: run nanoff in it.
    /// What the node does not have is deleted from the device.
    /// </summary>
    public static string ListJson(Func<string, bool> isThere) => JsonSerializer.Serialize(
        new
        {
            Files = _deployed.Select(file => new { DestinationFilePath = FlashRoot + file, SourceFilePath = isThere(file) ? file : null }),
        },
        _json) + "\n";

    /// <summary>The password that stands in an <c>agent.json</c>; null = none.</summary>
    public static string? PasswordIn(string settingsJson) => JsonNode.Parse(settingsJson)?["brokerPassword"]?.GetValue<string>();

    /// <summary>An <c>agent.json</c> with another key of its home, and as it was otherwise.</summary>
    public static string WithHomeKey(string settingsJson, string homeKey)
    {
        string known = JsonNode.Parse(settingsJson)!["homeKey"]!.GetValue<string>();
        return settingsJson.Replace(Quoted(known), Quoted(homeKey), StringComparison.Ordinal);
    }

    // The device reads UTF-8 as it is; of escapes only these two are sure. Control characters were refused.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c is '"' or '\\' ? "\\" : "").Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
