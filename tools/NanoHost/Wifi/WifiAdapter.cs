using GatewayAgent.NanoHost;

namespace System.Device.Wifi;

/// <summary>
/// The Wi-Fi adapter over the node's <see cref="IVirtualWifi"/>. As on the device every FindAllAdapters makes new adapters that
/// listen until they are disposed, and a scan that the radio is too busy for throws a plain <see cref="Exception"/>.
/// </summary>
public sealed class WifiAdapter : IDisposable
{
    /// <summary>CLR_E_BUSY, the HResult of the device's exception.</summary>
    internal const int Busy = unchecked((int)0xB300_0000);

    private readonly NanoContext _context;
    private bool _disposed;

    private WifiAdapter(NanoContext context)
    {
        _context = context;
        context.Wifi.ScanCompleted += OnScanCompleted;
    }

    public event AvailableNetworksChangedEventHandler AvailableNetworksChanged;

    public int NetworkInterface => 0;

    public WifiNetworkReport NetworkReport
    {
        get
        {
            IReadOnlyList<VirtualNetwork> heard = _context.Wifi.Networks;
            var networks = new WifiAvailableNetwork[heard.Count];
            for (int i = 0; i < networks.Length; i++)
            {
                networks[i] = new WifiAvailableNetwork(heard[i].Bssid, heard[i].Ssid, heard[i].RssiDbm);
            }

            return new WifiNetworkReport(networks);
        }
    }

    public static WifiAdapter[] FindAllAdapters()
    {
        NanoContext context = NanoContext.Current;
        return context.Wifi == null ? [] : [new WifiAdapter(context)];
    }

    public WifiConnectionResult Connect(WifiAvailableNetwork availableNetwork, WifiReconnectionKind reconnectionKind, string passwordCredential) =>
        Connect(availableNetwork.Ssid, reconnectionKind, passwordCredential);

    public WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential) =>
        new(_context.Wifi.Connect(ssid, passwordCredential));

    public void Disconnect() => _context.Wifi.Disconnect();

    public void ScanAsync()
    {
        if (!_context.Wifi.StartScan())
        {
            throw new Exception("the radio is busy") { HResult = Busy };
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _context.Wifi.ScanCompleted -= OnScanCompleted;
        }
    }

    private void OnScanCompleted() => _context.Run(() => AvailableNetworksChanged?.Invoke(this, EventArgs.Empty));
}
