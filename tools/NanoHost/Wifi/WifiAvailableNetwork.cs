namespace System.Device.Wifi;

/// <summary>An access point of a scan. As on the device it has no channel, its kind is always Any and its BSSID reads AA-BB-CC-DD-EE-FF.</summary>
public class WifiAvailableNetwork
{
    private readonly sbyte _rssi;

    public WifiAvailableNetwork()
    {
    }

    internal WifiAvailableNetwork(byte[] bssid, string ssid, sbyte rssi)
    {
        Bsid = BitConverter.ToString(bssid);
        Ssid = ssid;
        _rssi = rssi;
    }

    public string Bsid { get; } = "";

    public string Ssid { get; } = "";

    public WifiNetworkKind NetworkKind => WifiNetworkKind.Any;

    public double NetworkRssiInDecibelMilliwatts => _rssi;

    /// <summary>0–4, with the device's limits.</summary>
    public byte SignalBars => _rssi switch
    {
        > -55 => 4,
        > -75 => 3,
        > -85 => 2,
        > -96 => 1,
        _ => 0,
    };
}
