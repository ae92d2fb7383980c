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

    public bool BrokerTls { get; set; } = true;

    /// <summary>The node's password at the broker; its user name is <see cref="Node"/>. Null: the client certificate is its identity.</summary>
    public string BrokerPassword { get; set; }

    /// <summary>Length of the windows, 60–3,600 s. DE.CollectionInterval.</summary>
    public int WindowSeconds { get; set; } = Limits.WindowDefaultSeconds;

    /// <summary>Length of the first window after a boot; 0: random, so that a street that boots together does not report together.</summary>
    public int FirstWindowSeconds { get; set; }

    /// <summary>Whose acknowledgement frees a report.</summary>
    public Assurance Assurance { get; set; } = Assurance.Collector;

    /// <returns>Null when all is well, or the field and what is wrong with it. Never quotes a password.</returns>
    public string Validate()
    {
        return Identifier("home", Home)
            ?? Identifier("node", Node)
            ?? (BrokerHost == null || BrokerHost.Length == 0 ? "brokerHost: must not be empty" : null)
            ?? Range("brokerPort", BrokerPort, 1, 65535)
            ?? Range("windowSeconds", WindowSeconds, Limits.WindowMinSeconds, Limits.WindowMaxSeconds)
            ?? Range("firstWindowSeconds", FirstWindowSeconds, 0, WindowSeconds)
            ?? (Assurance == Assurance.Collector || Assurance == Assurance.Broker ? null : "assurance: must be \"collector\" or \"broker\"");
    }

    private static string Range(string field, int value, int least, int most) =>
        value >= least && value <= most
            ? null
            : field + ": " + value.ToString() + " is not within " + least.ToString() + "–" + most.ToString();

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

    private static bool IsIdentifierChar(char c) =>
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}
