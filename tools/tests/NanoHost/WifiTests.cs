using System.Device.Wifi;
using System.Net.NetworkInformation;
using GatewayAgent.NanoHost;

namespace GatewayAgent.Tests.NanoHost;

public sealed class WifiTests
{
    private static readonly byte[] _bssid = [0xAA, 0xBB, 0xCC, 0x0D, 0x0E, 0x0F];
    private readonly FakeWifi _radio = new();
    private readonly NanoContext _node;

    public WifiTests() => _node = new NanoContext("node") { Wifi = _radio };

    [Fact]
    public void A_node_without_a_radio_has_no_adapter()
    {
        using (new NanoContext("bare").Enter())
        {
            Assert.Empty(WifiAdapter.FindAllAdapters());
            Assert.Empty(WirelessAPConfiguration.GetAllWirelessAPConfigurations());
            Assert.Empty(NetworkInterface.GetAllNetworkInterfaces());
        }
    }

    [Fact]
    public void Outside_a_node_there_is_no_device_api()
    {
        Assert.Throws<InvalidOperationException>(WifiAdapter.FindAllAdapters);
    }

    [Theory]
    [InlineData(-54, 4)]
    [InlineData(-55, 3)]
    [InlineData(-74, 3)]
    [InlineData(-75, 2)]
    [InlineData(-85, 1)]
    [InlineData(-96, 0)]
    public void A_network_reads_as_on_the_device(sbyte rssi, byte bars)
    {
        _radio.Networks = [new VirtualNetwork(_bssid, "home", rssi)];
        using WifiAdapter adapter = Adapter();

        WifiAvailableNetwork network = Assert.Single(adapter.NetworkReport.AvailableNetworks);

        Assert.Equal("AA-BB-CC-0D-0E-0F", network.Bsid);
        Assert.Equal("home", network.Ssid);
        Assert.Equal(rssi, network.NetworkRssiInDecibelMilliwatts);
        Assert.Equal(bars, network.SignalBars);
        Assert.Equal(WifiNetworkKind.Any, network.NetworkKind);
    }

    [Fact]
    public void The_end_of_a_scan_is_told_inside_the_node()
    {
        using WifiAdapter adapter = Adapter();
        string? heardIn = null;
        adapter.AvailableNetworksChanged += (sender, _) => heardIn = sender == adapter ? NanoContext.Current.Name : "a stranger";

        adapter.ScanAsync();
        _radio.CompleteScan();

        Assert.Equal("node", heardIn);
        Assert.Throws<InvalidOperationException>(() => NanoContext.Current);
    }

    [Fact]
    public void A_busy_radio_throws_the_devices_plain_exception()
    {
        using WifiAdapter adapter = Adapter();
        _radio.Busy = true;

        Exception fault = Assert.Throws<Exception>(adapter.ScanAsync);

        Assert.Equal(unchecked((int)0xB3000000), fault.HResult);
    }

    [Fact]
    public void A_disposed_adapter_hears_nothing_and_a_forgotten_one_still_does()
    {
        int told = 0;
        using WifiAdapter forgotten = Adapter();
        WifiAdapter disposed = Adapter();
        forgotten.AvailableNetworksChanged += (_, _) => told++;
        disposed.AvailableNetworksChanged += (_, _) => told += 100;

        disposed.Dispose();
        _radio.CompleteScan();

        Assert.Equal(1, told);
    }

    [Fact]
    public void Connecting_goes_to_the_radio_and_its_answer_comes_back()
    {
        using WifiAdapter adapter = Adapter();
        _radio.ConnectAnswer = WifiConnectionStatus.InvalidCredential;

        WifiConnectionResult result = adapter.Connect("home", WifiReconnectionKind.Automatic, "secret");
        adapter.Disconnect();

        Assert.Equal(WifiConnectionStatus.InvalidCredential, result.ConnectionStatus);
        Assert.Equal(["connect home secret", "disconnect"], _radio.Calls);
    }

    [Fact]
    public void The_soft_ap_lists_its_stations()
    {
        _radio.AccessPoint = new VirtualAccessPoint("mesh", 11, 10);
        _radio.Stations = [new VirtualStation(_bssid, -61, PhyProtocols.PHY802_11n)];
        using (_node.Enter())
        {
            WirelessAPConfiguration ap = Assert.Single(WirelessAPConfiguration.GetAllWirelessAPConfigurations());
            WirelessAPStation station = Assert.Single(ap.GetConnectedStations());

            Assert.Equal(("mesh", (byte)11, (byte)10), (ap.Ssid, ap.Channel, ap.MaxConnections));
            Assert.Equal(_bssid, station.MacAddress);
            Assert.Equal(-61, station.Rssi);
            Assert.Equal(PhyProtocols.PHY802_11n, station.PhyModes);
            Assert.Equal(-61, ap.GetConnectedStations(0).Rssi);
            ap.DeAuthStation(0);
        }

        Assert.Equal(["deauthenticate 0"], _radio.Calls);
    }

    [Fact]
    public void Joins_and_leaves_reach_the_nodes_own_subscribers_only()
    {
        var otherRadio = new FakeWifi();
        var other = new NanoContext("other") { Wifi = otherRadio };
        var told = new List<string>();
        foreach (NanoContext node in new[] { _node, other })
        {
            using (node.Enter())
            {
                NetworkChange.NetworkAPStationChanged += (_, e) => told.Add($"{NanoContext.Current.Name} {e.StationIndex} {e.IsConnected}");
            }
        }

        _radio.ChangeStation(2, true);
        otherRadio.ChangeStation(0, false);

        Assert.Equal(["node 2 True", "other 0 False"], told);
    }

    [Fact]
    public void An_unsubscribed_handler_hears_no_more()
    {
        int told = 0;
        NetworkAPStationChangedEventHandler handler = (_, _) => told++;
        using (_node.Enter())
        {
            NetworkChange.NetworkAPStationChanged += handler;
            NetworkChange.NetworkAPStationChanged -= handler;
        }

        _radio.ChangeStation(0, true);

        Assert.Equal(0, told);
    }

    [Fact]
    public void Addresses_are_zero_until_there_is_an_uplink()
    {
        using (_node.Enter())
        {
            NetworkInterface uplink = Assert.Single(NetworkInterface.GetAllNetworkInterfaces());
            Assert.Equal(NetworkInterfaceType.Wireless80211, uplink.NetworkInterfaceType);
            Assert.Equal("0.0.0.0", uplink.IPv4GatewayAddress);
            Assert.False(NetworkInterface.GetIsNetworkAvailable());

            _radio.Addresses = new VirtualAddresses("192.168.1.7", "255.255.255.0", "192.168.1.1", _bssid);
            _radio.AccessPoint = new VirtualAccessPoint("mesh", 1, 4);

            NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
            Assert.Equal("192.168.1.1", interfaces[0].IPv4GatewayAddress);
            Assert.Equal(_bssid, interfaces[0].PhysicalAddress);
            Assert.Equal(NetworkInterfaceType.WirelessAP, interfaces[1].NetworkInterfaceType);
            Assert.True(NetworkInterface.GetIsNetworkAvailable());
        }
    }

    private WifiAdapter Adapter()
    {
        using (_node.Enter())
        {
            return Assert.Single(WifiAdapter.FindAllAdapters());
        }
    }
}
