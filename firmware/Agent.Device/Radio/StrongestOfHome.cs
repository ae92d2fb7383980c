using System.Device.Wifi;
using GatewayAgent.Sampling;
using GatewayAgent.Statistics;

namespace GatewayAgent.Device.Radio;

/// <summary>
/// Which of the home's access points is taken for the serving one, for a stock image does not tell. The strongest at first; then the same
/// one, as long as it is heard and no other is clearly stronger: the driver does not roam for less, and two that are alike do not take
/// turns. In a home with several it may still be the wrong one.
/// </summary>
internal sealed class StrongestOfHome
{
    // Six dB worse than the best is where Juniper Mist, too, calls a station misplaced.
    private const int HysteresisDb = 6;

    private readonly string _ssid;
    private string _bssid = string.Empty;

    public StrongestOfHome(string ssid)
    {
        _ssid = ssid;
    }

    /// <summary>RSSI of the one chosen, dBm, or <see cref="LinkReading.RssiUnknown"/> when the last scan heard none of the home.</summary>
    public int Rssi { get; private set; } = LinkReading.RssiUnknown;

    /// <summary>Its address as the scan wrote it.</summary>
    public string Bssid => _bssid;

    /// <summary>Chooses again.</summary>
    public void Choose(WifiAvailableNetwork[] networks)
    {
        WifiAvailableNetwork best = null;
        int bestRssi = LinkReading.RssiUnknown, keptRssi = LinkReading.RssiUnknown;
        foreach (WifiAvailableNetwork network in networks)
        {
            if (network.Ssid != _ssid)
            {
                continue;
            }

            int rssi = (int)network.NetworkRssiInDecibelMilliwatts;
            if (!RssiBins.IsValid(rssi))
            {
                continue;
            }

            if (rssi > bestRssi)
            {
                best = network;
                bestRssi = rssi;
            }

            if (network.Bsid == _bssid && rssi > keptRssi)
            {
                keptRssi = rssi;
            }
        }

        bool isKept = keptRssi != LinkReading.RssiUnknown && bestRssi - keptRssi <= HysteresisDb;
        Rssi = isKept ? keptRssi : bestRssi;
        if (!isKept && best != null)
        {
            _bssid = best.Bsid;
        }
    }
}
