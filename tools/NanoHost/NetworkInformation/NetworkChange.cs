using GatewayAgent.NanoHost;

namespace System.Net.NetworkInformation;

/// <summary>Static on the device; here each node has its own subscribers.</summary>
public static class NetworkChange
{
    public static event NetworkAPStationChangedEventHandler NetworkAPStationChanged
    {
        add => NanoContext.Current.NetworkEvents.StationChanged += value;
        remove => NanoContext.Current.NetworkEvents.StationChanged -= value;
    }
}
