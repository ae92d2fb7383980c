using System.Net;
using GatewayAgent.Portal.Access;

namespace GatewayAgent.Portal;

/// <summary>Where to listen.</summary>
internal sealed record ListenAddress(IPAddress Address, int Port, bool IsHttps)
{
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <exception cref="PortalException">Nothing can listen there.</exception>
    public static ListenAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            throw new PortalException($"cannot listen at '{text}'. An address such as http://127.0.0.1:8080 is expected");
        }

        string host = uri.Host.Trim('[', ']');
        IPAddress? address = LoopbackHosts.IsLoopback(host) && !IPAddress.TryParse(host, out _) ? IPAddress.Loopback : null;
        if (address == null && !IPAddress.TryParse(host, out address))
        {
            throw new PortalException($"cannot listen at '{text}': name the address of an interface, 0.0.0.0 or [::] for all, not a host name");
        }

        return new ListenAddress(address, uri.Port, uri.Scheme == "https");
    }
}
