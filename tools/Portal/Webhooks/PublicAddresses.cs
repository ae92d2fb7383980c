using System.Net;

namespace GatewayAgent.Portal.Webhooks;

/// <summary>
/// Addresses out in the internet. A webhook's name may lead to this machine, its network or its cloud's metadata; none of these is to be
/// asked on behalf of whoever owns the name.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] _special =
    [
        .. new[]
        {
            // IANA special-purpose registries, as far as they are not globally reachable, and multicast.
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Within 2000::/3: Teredo and 6to4 lead to IPv4 addresses, the rest is for documents and benchmarks.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork _globalV6 = IPNetwork.Parse("2000::/3");

    public static bool Contains(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        bool isV6 = plain.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        return (!isV6 || _globalV6.Contains(plain)) && !_special.Any(network => network.Contains(plain));
    }
}
