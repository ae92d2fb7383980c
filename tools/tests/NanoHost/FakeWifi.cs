using System.Device.Wifi;
using GatewayAgent.NanoHost;

namespace GatewayAgent.Tests.NanoHost;

/// <summary>A radio whose every answer the test sets.</summary>
public sealed class FakeWifi : IVirtualWifi
{
    public event Action? ScanCompleted;

    public event Action<int, bool>? StationChanged;

    public IReadOnlyList<VirtualNetwork> Networks { get; set; } = [];

    public VirtualAccessPoint? AccessPoint { get; set; }

    public IReadOnlyList<VirtualStation> Stations { get; set; } = [];

    public VirtualAddresses? Addresses { get; set; }

    public bool Busy { get; set; }

    public WifiConnectionStatus ConnectAnswer { get; set; } = WifiConnectionStatus.Success;

    public List<string> Calls { get; } = [];

    public bool StartScan()
    {
        Calls.Add("scan");
        return !Busy;
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
