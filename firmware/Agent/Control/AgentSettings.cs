using GatewayAgent.Detection;
using GatewayAgent.Uplink;

namespace GatewayAgent.Control;

/// <summary>
/// How a node is set up. Plain values as provisioned; <see cref="Validate"/> decides whether they can be used, as a whole.
/// </summary>
public sealed class AgentSettings
{
    /// <summary>Identifiers in the topics: 1–64 of A–Z a–z 0–9 . _ -</summary>
    public string Home { get; set; }

    /// <summary>Unique at the broker, of which it is the client identifier and the user name; as <see cref="Home"/>.</summary>
    public string Node { get; set; }

    public string BrokerHost { get; set; }

    /// <summary>1–65,535.</summary>
    public int BrokerPort { get; set; } = 8883;

    /// <summary>Cannot be off where an authority is provisioned: no configuration from afar takes a node's protection away.</summary>
    public bool BrokerTls { get; set; } = true;

    /// <summary>The node's password at the broker; its user name is <see cref="Node"/>. Null: the client certificate is its identity.</summary>
    public string BrokerPassword { get; set; }

    /// <summary>
    /// The authority that the broker's certificate must come from, PEM; nobody else is trusted. Without it there is no connection over
    /// TLS: null is an error there, not a wish to trust everybody.
    /// </summary>
    public string BrokerCa { get; set; }

    /// <summary>The node's certificate and its key without a pass-phrase, PEM: both or neither.</summary>
    public string ClientCertificate { get; set; }

    public string ClientKey { get; set; }

    /// <summary>Length of the windows, 60–3,600 s. DE.CollectionInterval.</summary>
    public int WindowSeconds { get; set; } = Limits.WindowDefaultSeconds;

    /// <summary>Length of the first window after a boot; 0: random, so that a street that boots together does not report together.</summary>
    public int FirstWindowSeconds { get; set; }

    /// <summary>Whose acknowledgement frees a report.</summary>
    public Assurance Assurance { get; set; } = Assurance.Collector;

    public Role Role { get; set; } = Role.MeshNode;

    /// <summary>
    /// Milliseconds between two visits of foreign channels, 1,000–3,600,000; 0: none; −1: as the role wants it (a companion stays on the gateway's
    /// channel).
    /// </summary>
    public int SurveyPeriodMs { get; set; } = SurveyByRole;

    public const int SurveyByRole = -1;

    /// <summary>Length of a visit, 20–1,000 ms; more risks the link.</summary>
    public int DwellMs { get; set; } = Limits.DwellMs;

    /// <summary>Own-channel utilisation (0–255) above which visits are held off, and for how long at most, ms.</summary>
    public int BusyUtilization { get; set; } = Limits.BusyUtilization;

    public int BusyHoldOffMs { get; set; } = Limits.BusyHoldOffMs;

    /// <summary>Channels that may be visited, of those that the radio can: masks as in <see cref="Ports.IRadio"/>.</summary>
    public uint SurveyChannels2g { get; set; } = uint.MaxValue;

    public uint SurveyChannels5g { get; set; } = uint.MaxValue;

    /// <summary>Key of the home for hashes of names and addresses, 16 bytes; null: none is told.</summary>
    public byte[] HomeKey { get; set; }

    /// <summary>The home's own network name as it is on the air, usually UTF-8, 1–32 bytes; null = not known.</summary>
    public byte[] Ssid { get; set; }

    /// <summary>Brightness of the status light, 0–255; 0 = always dark.</summary>
    public int LightBrightness { get; set; } = Limits.LightBrightness;

    /// <summary>The same for a node that has been online for a minute and has nothing to say.</summary>
    public int LightIdleBrightness { get; set; } = Limits.LightIdleBrightness;

    /// <summary>Reports name the home's own access point and network by hash, and stations by hash; off: not at all.</summary>
    public bool SsidHash { get; set; } = true;

    public bool StationHash { get; set; } = true;

    /// <summary>How changes are looked for.</summary>
    public DetectionSettings Detection { get; set; } = new DetectionSettings();

    /// <returns>Other settings with the same values. What they refer to is shared: nobody changes it in place.</returns>
    public AgentSettings Copy() => (AgentSettings)MemberwiseClone();

    /// <summary>True when these lead to the same broker as others do.</summary>
    public bool HasSameBroker(AgentSettings other) =>
        BrokerHost == other.BrokerHost && BrokerPort == other.BrokerPort && BrokerTls == other.BrokerTls;

    /// <returns>Null when all is well, or the field and what is wrong with it. Never quotes a password or a key.</returns>
    public string Validate()
    {
        return Identifier("home", Home)
            ?? Identifier("node", Node)
            ?? Host("brokerHost", BrokerHost)
            ?? Range("brokerPort", BrokerPort, 1, 65535)
            ?? Range("windowSeconds", WindowSeconds, Limits.WindowMinSeconds, Limits.WindowMaxSeconds)
            ?? Range("firstWindowSeconds", FirstWindowSeconds, 0, WindowSeconds)
            ?? (Assurance == Assurance.Collector || Assurance == Assurance.Broker ? null : "assurance: must be \"collector\" or \"broker\"")
            ?? (Role == Role.MeshNode || Role == Role.Companion ? null : "role: must be \"mesh-node\" or \"companion\"")
            ?? (SurveyPeriodMs == 0 || SurveyPeriodMs == SurveyByRole ? null : Range("surveyPeriodMs", SurveyPeriodMs, 1000, 3600000))
            ?? Range("dwellMs", DwellMs, 20, 1000)
            ?? Range("busyUtilization", BusyUtilization, 0, 255)
            ?? Range("busyHoldOffMs", BusyHoldOffMs, 0, 86400000)
            ?? Range("lightBrightness", LightBrightness, 0, 255)
            ?? Range("lightIdleBrightness", LightIdleBrightness, 0, 255)
            ?? (HomeKey == null || HomeKey.Length == Limits.HomeKeyBytes ? null : "homeKey: must be 16 bytes, as 32 hexadecimal digits")
            ?? (BrokerCa != null && !BrokerTls ? "brokerTls: must stay on where an authority (ca.pem) is provisioned" : null)
            ?? (ClientCertificate == null && ClientKey != null ? "clientCertificate: missing, there is only its key" : null)
            ?? (ClientCertificate != null && ClientKey == null ? "clientKey: missing, there is only its certificate" : null)
            ?? InSection("detection.", Detection.Validate());
    }

    private static string InSection(string section, string problem) => problem == null ? null : section + problem;

    private static string Range(string field, int value, int least, int most) =>
        value >= least && value <= most
            ? null
            : field + ": " + value.ToString() + " is not within " + least.ToString() + "–" + most.ToString();

    // Never quoted: it could be pasted with a password.
    private static string Host(string field, string value)
    {
        if (value == null || value.Length == 0)
        {
            return field + ": must not be empty";
        }

        if (value.Length > Limits.HostChars)
        {
            return field + ": has " + value.Length.ToString() + " characters, at most " + Limits.HostChars.ToString() + " are allowed";
        }

        for (int i = 0; i < value.Length; i++)
        {
            if (!IsIdentifierChar(value[i]) && value[i] != ':')
            {
                return field + ": must be a name or an address, without scheme, user and path";
            }
        }

        return null;
    }

    private static string Identifier(string field, string value)
    {
        if (value == null || value.Length == 0)
        {
            return field + ": must not be empty";
        }

        if (value.Length > Limits.IdentifierChars)
        {
            return field + ": has " + value.Length.ToString() + " characters, at most " + Limits.IdentifierChars.ToString() + " are allowed";
        }

        for (int i = 0; i < value.Length; i++)
        {
            if (!IsIdentifierChar(value[i]))
            {
                return field + ": '" + value + "' has a character that is none of A–Z a–z 0–9 . _ -";
            }
        }

        return null;
    }

    /// <summary>A character that identifiers may have.</summary>
    public static bool IsIdentifierChar(char c) =>
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}
