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

    /// <summary>One configuration when the node has an access point, otherwise none.</summary>
    public static WirelessAPConfiguration[] GetAllWirelessAPConfigurations() =>
        NanoContext.Current.Wifi?.AccessPoint is { } ap
            ? [new WirelessAPConfiguration(0) { Ssid = ap.Ssid, Channel = ap.Channel, MaxConnections = ap.MaxConnections }]
            : [];

    public WirelessAPStation[] GetConnectedStations() =>
        NanoContext.Current.Wifi.Stations.Select(station => new WirelessAPStation(station)).ToArray();

    public WirelessAPStation GetConnectedStations(int stationIndex) => new(NanoContext.Current.Wifi.Stations[stationIndex]);

    public void DeAuthStation(int stationIndex) => NanoContext.Current.Wifi.Deauthenticate(stationIndex);
}
