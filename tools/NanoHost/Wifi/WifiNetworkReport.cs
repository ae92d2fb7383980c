namespace System.Device.Wifi;

/// <summary>The result of the last scan.</summary>
public class WifiNetworkReport
{
    internal WifiNetworkReport(WifiAvailableNetwork[] networks) => AvailableNetworks = networks;

    public WifiAvailableNetwork[] AvailableNetworks { get; }
}
