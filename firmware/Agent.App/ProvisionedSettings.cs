using System.Text;
using GatewayAgent.Control;
using GatewayAgent.Privacy;
using GatewayAgent.Uplink;

namespace GatewayAgent.App;

/// <summary>
/// The file that provisioning leaves on flash, <c>agent.json</c>, as it stands there: names are the JSON's. What is missing keeps its default.
/// </summary>
public sealed class ProvisionedSettings
{
    public const string FileName = "agent.json";

    public string home { get; set; }

    public string node { get; set; }

    /// <summary>The home's network: told by hash, and on stock images looked for in scans.</summary>
    public string ssid { get; set; }

    public string brokerHost { get; set; }

    public int brokerPort { get; set; }

    public bool brokerTls { get; set; } = true;

    /// <summary>Missing or empty: the client certificate is the node's identity.</summary>
    public string brokerPassword { get; set; }

    /// <summary>
    /// Key of the home for hashes of names and addresses, 32 hexadecimal digits, the same on all nodes of a home. Missing or empty: none is told.
    /// </summary>
    public string homeKey { get; set; }

    public int windowSeconds { get; set; }

    /// <summary>"collector" (default) or "broker".</summary>
    public string assurance { get; set; }

    /// <summary>"mesh-node" (default) or "companion".</summary>
    public string role { get; set; }

    /// <summary>Who tells the time; missing: whom the runtime asks by itself.</summary>
    public string ntpServer { get; set; }

    /// <summary>What people see and touch of the node; each may be missing.</summary>
    public LightPins light { get; set; }

    public DisplayPins display { get; set; }

    public ButtonPins button { get; set; }

    /// <summary>Of the light, 0–255: with news, and without any.</summary>
    public int lightBrightness { get; set; } = Limits.LightBrightness;

    public int lightIdleBrightness { get; set; } = Limits.LightIdleBrightness;

    /// <returns>The settings; call their <see cref="AgentSettings.Validate"/>.</returns>
    public AgentSettings ToSettings()
    {
        AgentSettings settings = new AgentSettings
        {
            Home = home,
            Node = node,
            BrokerHost = brokerHost,
            BrokerTls = brokerTls,
            BrokerPassword = brokerPassword == null || brokerPassword.Length == 0 ? null : brokerPassword,
            Assurance = AssuranceOf(assurance),
            Role = RoleOf(role),
            LightBrightness = lightBrightness,
            LightIdleBrightness = lightIdleBrightness,
            HomeKey = HomeKey.Parse(homeKey),
            Ssid = ssid == null || ssid.Length == 0 ? null : Encoding.UTF8.GetBytes(ssid),
        };
        if (brokerPort != 0)
        {
            settings.BrokerPort = brokerPort;
        }

        if (windowSeconds != 0)
        {
            settings.WindowSeconds = windowSeconds;
        }

        return settings;
    }

    // An unknown word becomes a value that Validate refuses.
    private static Assurance AssuranceOf(string word)
    {
        if (word == null || word.Length == 0 || word == "collector")
        {
            return Assurance.Collector;
        }

        return word == "broker" ? Assurance.Broker : (Assurance)(-1);
    }

    private static Role RoleOf(string word)
    {
        if (word == null || word.Length == 0 || word == "mesh-node")
        {
            return Role.MeshNode;
        }

        return word == "companion" ? Role.Companion : (Role)(-1);
    }
}
