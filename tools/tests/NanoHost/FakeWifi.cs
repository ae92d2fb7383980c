using System.Device.Wifi;
using GatewayAgent.NanoHost;

namespace GatewayAgent.Tests.NanoHost;

/// <summary>A radio whose every answer the test sets.</summary>
public sealed class FakeWifi : IVirtualWifi
{
    private IReadOnlyList<VirtualNetwork> _networks = [];
    private IReadOnlyList<VirtualStation> _stations = [];

    public event Action? ScanCompleted;

    public event Action<int, bool>? StationChanged;

    public IReadOnlyList<VirtualNetwork> Networks
    {
        get => Fault == null ? _networks : throw Fault;
        set => _networks = value;
    }

    public VirtualAccessPoint? AccessPoint { get; set; }

    public IReadOnlyList<VirtualStation> Stations
    {
        get
        {
            StationReads++;
            return StationFault == null ? _stations : throw StationFault;
        }

        set => _stations = value;
    }

    /// <summary>How often the station list was read.</summary>
    public int StationReads { get; private set; }

    /// <summary>What every call to the adapter throws; null = it works.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What reading the station list throws; null = it works.</summary>
    public Exception? StationFault { get; set; }

    public VirtualAddresses? Addresses { get; set; }

    public bool Busy { get; set; }

    public WifiConnectionStatus ConnectAnswer { get; set; } = WifiConnectionStatus.Success;

    public List<string> Calls { get; } = [];

    public bool StartScan()
    {
        Calls.Add("scan");
        return Fault == null ? !Busy : throw Fault;
    }

    public WifiConnectionStatus Connect(string ssid, string password)
    {
        Calls.Add($"connect {ssid} {password}");
        return ConnectAnswer;
    }

    public void Disconnect() => Calls.Add("disconnect");

    public void Deauthenticate(int stationIndex) => Calls.Add($"deauthenticate {stationIndex}");

    public void CompleteScan() => ScanCompleted?.Invoke();

    public void ChangeStation(int index, bool joined) => StationChanged?.Invoke(index, joined);
}
