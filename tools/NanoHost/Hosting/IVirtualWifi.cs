using System.Device.Wifi;

namespace GatewayAgent.NanoHost;

/// <summary>
/// The radio of a virtual node, as far as the stock image's managed API reaches. Events may come from any thread; they are
/// carried into the node.
/// </summary>
public interface IVirtualWifi
{
    /// <summary>A scan has ended; <see cref="Networks"/> holds its result.</summary>
    event Action ScanCompleted;

    /// <summary>A station joined (true) or left the soft AP: its index in the station list.</summary>
    event Action<int, bool> StationChanged;

    /// <summary>What the last completed scan heard; empty before it.</summary>
    IReadOnlyList<VirtualNetwork> Networks { get; }

    /// <summary>The node's own access point; null = it has none.</summary>
    VirtualAccessPoint AccessPoint { get; }

    /// <summary>Stations of the soft AP. Their RSSI is refreshed when one joins or leaves, as on the stock image.</summary>
    IReadOnlyList<VirtualStation> Stations { get; }

    /// <summary>Addresses of the uplink; null while it has none.</summary>
    VirtualAddresses Addresses { get; }

    /// <summary>Starts a scan of all channels.</summary>
    /// <returns>False when the radio is connecting or scans already: busy.</returns>
    bool StartScan();

    WifiConnectionStatus Connect(string ssid, string password);

    void Disconnect();

    /// <summary>Sends a station of the soft AP away.</summary>
    void Deauthenticate(int stationIndex);
}
