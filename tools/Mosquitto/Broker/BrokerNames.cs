using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace GatewayAgent.Mosquitto;

/// <summary>What clients may call a broker, as its certificate states it.</summary>
public static class BrokerNames
{
    /// <param name="hosts">Names or addresses.</param>
    /// <returns>The subject's alternative names.</returns>
    public static X509Extension Of(IEnumerable<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return names.Build();
    }
}
