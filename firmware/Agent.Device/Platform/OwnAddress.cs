using System.Net.NetworkInformation;

namespace GatewayAgent.Device.Platform;

/// <summary>The address under which the node's own access point is on the air.</summary>
public static class OwnAddress
{
    /// <returns>BSSID, 6 bytes; null when the node has no access point.</returns>
    public static byte[] OfAccessPoint()
    {
        foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (network.NetworkInterfaceType == NetworkInterfaceType.WirelessAP)
            {
                byte[] address = network.PhysicalAddress;
                return address == null || address.Length != Limits.AddressBytes ? null : address;
            }
        }

        return null;
    }
}
