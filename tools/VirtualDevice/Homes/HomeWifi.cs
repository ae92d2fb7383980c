using System.Device.Wifi;
using System.Net.NetworkInformation;
using GatewayAgent.NanoHost;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>
/// The radio of a node as the stock image's managed API sees it: rare scans without channels, and a station list whose RSSI values are as
/// old as the last join or leave. It gives the radio core nothing.
/// </summary>
internal sealed class HomeWifi : IVirtualWifi, IAir
{
    private const long ScanMs = 7000;
    private const double WeakestDbm = -92;

    private readonly Home _home;
    private readonly MeshNode _node;
    private readonly List<Client> _present = [];
    private List<VirtualStation> _stations = [];
    private long _nowMs;
    private long _scanEndsMs = -1;

    public HomeWifi(Home home, MeshNode node)
    {
        _home = home;
        _node = node;
    }

    public event Action? ScanCompleted;

    public event Action<int, bool>? StationChanged;

    public long EndMs => long.MaxValue;

    public IReadOnlyList<VirtualNetwork> Networks { get; private set; } = [];

    public VirtualAccessPoint? AccessPoint =>
        _node.AccessPoint == null ? null : new VirtualAccessPoint(_home.Script.Ssid, (byte)_node.AccessPoint.Channel, 15);

    public IReadOnlyList<VirtualStation> Stations => _stations;

    public VirtualAddresses? Addresses =>
        _node.ReachesGateway ? new VirtualAddresses($"192.168.1.{10 + _node.Index}", "255.255.255.0", "192.168.1.1", _node.Mac) : null;

    public bool StartScan()
    {
        if (!_node.IsConnected || _scanEndsMs >= 0)
        {
            return false;
        }

        _scanEndsMs = _nowMs + ScanMs;
        return true;
    }

    /// <summary>The home's own network connects by itself; there is no other to go to.</summary>
    public WifiConnectionStatus Connect(string ssid, string password) =>
        ssid == _home.Script.Ssid ? WifiConnectionStatus.Success : WifiConnectionStatus.NetworkNotAvailable;

    public void Disconnect()
    {
    }

    public void Deauthenticate(int stationIndex)
    {
    }

    public void AdvanceTo(long uptimeMs)
    {
        _nowMs = uptimeMs;
        _home.AdvanceTo(uptimeMs / 1000);
        RefreshStations();
        if (_scanEndsMs >= 0 && _nowMs >= _scanEndsMs)
        {
            _scanEndsMs = -1;
            Networks = Scan();
            ScanCompleted?.Invoke();
        }
    }

    private static sbyte ToDbm(double dbm) => (sbyte)Math.Clamp(Math.Round(dbm), -127, -1);

    private List<VirtualNetwork> Scan() =>
        [.. from accessPoint in _home.AccessPoints
            let rssi = _home.Rssi(accessPoint, _node)
            where accessPoint.IsUp && accessPoint != _node.AccessPoint && rssi > WeakestDbm
            select new VirtualNetwork(accessPoint.Mac, accessPoint.Ssid, ToDbm(rssi))];

    private void RefreshStations()
    {
        if (_node.AccessPoint == null)
        {
            return;
        }

        var now = _home.Clients.Where(client => client.AccessPoint == _node.AccessPoint).ToList();
        if (now.SequenceEqual(_present))
        {
            return;
        }

        bool joined = now.Count > _present.Count;
        _present.Clear();
        _present.AddRange(now);
        _stations = [.. now.Select(client => new VirtualStation(client.Mac, ToDbm(_home.Rssi(client, _node)), PhyProtocols.PHY802_11n))];
        StationChanged?.Invoke(Math.Max(0, now.Count - 1), joined);
    }
}
