using GatewayAgent.NanoHost;

namespace System.Net.NetworkInformation;

/// <summary>The uplink and, when the node has one, the soft AP. Addresses read 0.0.0.0 while there is no uplink, as on the device.</summary>
public class NetworkInterface
{
    internal const int StationIndex = 0;
    internal const int AccessPointIndex = 1;

    private const string NoAddress = "0.0.0.0";

    protected NetworkInterface(int interfaceIndex) =>
        NetworkInterfaceType = interfaceIndex == StationIndex ? NetworkInterfaceType.Wireless80211 : NetworkInterfaceType.WirelessAP;

    public NetworkInterfaceType NetworkInterfaceType { get; }

    public string IPv4Address { get; private init; } = NoAddress;

    public string IPv4SubnetMask { get; private init; } = NoAddress;

    public string IPv4GatewayAddress { get; private init; } = NoAddress;

    public byte[] PhysicalAddress { get; set; } = new byte[6];

    public static NetworkInterface[] GetAllNetworkInterfaces()
    {
        IVirtualWifi wifi = NanoContext.Current.Wifi;
        return wifi == null ? [] : wifi.AccessPoint == null ? [Station(wifi)] : [Station(wifi), new NetworkInterface(AccessPointIndex)];
    }

    public static bool GetIsNetworkAvailable() => NanoContext.Current.Wifi?.Addresses != null;

    private static NetworkInterface Station(IVirtualWifi wifi) =>
        wifi.Addresses is not { } addresses ? new NetworkInterface(StationIndex) : new NetworkInterface(StationIndex)
        {
            IPv4Address = addresses.Address,
            IPv4SubnetMask = addresses.SubnetMask,
            IPv4GatewayAddress = addresses.Gateway,
            PhysicalAddress = (byte[])addresses.Mac.Clone(),
        };
}
