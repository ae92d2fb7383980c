using System.CommandLine.Parsing;
using System.Globalization;

namespace GatewayAgent.Gw.Commands;

/// <summary>Where a broker listens.</summary>
internal sealed record BrokerAddress(string Host, int Port)
{
    public const int StandardPort = 1883;

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[v6]:port</c>.</summary>
    public static BrokerAddress? Parse(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        int colon = typed.EndsWith(']') ? -1 : typed.LastIndexOf(':');
        string host = (colon < 0 ? typed : typed[..colon]).Trim('[', ']');
        int port = StandardPort;
        bool isPort = colon < 0 || int.TryParse(typed[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port);
        if (host.Length > 0 && isPort && port is >= 1 and <= 65535)
        {
            return new BrokerAddress(host, port);
        }

        result.AddError($"--broker: '{typed}' is not HOST or HOST:PORT with a port within 1–65535");
        return null;
    }
}
