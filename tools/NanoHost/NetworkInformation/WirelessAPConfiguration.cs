using GatewayAgent.NanoHost;

namespace System.Net.NetworkInformation;

/// <summary>The node's soft AP, read only: the virtual radio configures it. Every call allocates, as on the device.</summary>
public class WirelessAPConfiguration
{
    public WirelessAPConfiguration(uint id) => Id = id;

    public uint Id { get; }

    public string Ssid { get; set; }

    public byte Channel { get; set; } = 8;

    public byte MaxConnections { get; set; } = 1;

    public ConfigurationOptions Options { get; set; } = ConfigurationOptions.Enable | ConfigurationOptions.AutoStart;

    /// <summary>One configuration on a node with Wi-Fi, as on the device also without an access point: then it is disabled.</summary>
    public static WirelessAPConfiguration[] GetAllWirelessAPConfigurations() =>
        NanoContext.Current.Wifi is { } wifi ? [Of(wifi.AccessPoint)] : [];

    /// <summary>As on the device a station that leaves while the list is made leaves a null at its end.</summary>
    public WirelessAPStation[] GetConnectedStations() =>
        NanoContext.Current.Wifi.Stations.Select(station => station == null ? null : new WirelessAPStation(station)).ToArray();

    public WirelessAPStation GetConnectedStations(int stationIndex) => new(NanoContext.Current.Wifi.Stations[stationIndex]);

    public void DeAuthStation(int stationIndex) => NanoContext.Current.Wifi.Deauthenticate(stationIndex);

    private static WirelessAPConfiguration Of(VirtualAccessPoint ap) => ap == null
        ? new WirelessAPConfiguration(0) { Options = ConfigurationOptions.Disable }
        : new WirelessAPConfiguration(0) { Ssid = ap.Ssid, Channel = ap.Channel, MaxConnections = ap.MaxConnections };

    /// <summary>Values as on the device.</summary>
    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoStart = 6,
        HiddenSSID = 8,
    }
}
