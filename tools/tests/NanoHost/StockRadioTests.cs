using System.Device.Wifi;
using System.Net.NetworkInformation;
using GatewayAgent.Device.Radio;
using GatewayAgent.NanoHost;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.Tests.NanoHost;

/// <summary>The stock image's radio, second by second, over a Wi-Fi whose every answer is set.</summary>
public sealed class StockRadioTests
{
    private const int ScanSeconds = 7, LostSeconds = 30, PeriodSeconds = 900;

    private static readonly byte[] _near = [2, 0, 0, 0, 0, 1], _far = [2, 0, 0, 0, 0, 2];
    private static readonly VirtualAddresses _connected = new("192.168.1.9", "255.255.255.0", "192.168.1.1", [2, 0, 0, 0, 0, 9]);

    private readonly FakeWifi _wifi = new() { Addresses = _connected };
    private readonly Clock _clock = new();
    private readonly NanoContext _context;
    private readonly StockRadio _radio;
    private readonly List<long> _scans = [];

    public StockRadioTests()
    {
        _context = new NanoContext("node") { Wifi = _wifi };
        using (_context.Enter())
        {
            _radio = new StockRadio(_clock, WifiAdapter.FindAllAdapters()[0], "home");
        }

        Networks(("home", _near, -60));
    }

    [Fact]
    public void It_scans_each_quarter_of_an_hour()
    {
        Run(2000);
        Assert.Equal([0, 900, 1800], _scans);
    }

    [Fact]
    public void While_somebody_waits_for_a_reading_it_scans_each_twenty_seconds_and_no_longer_afterwards()
    {
        Run(100);
        Run(50, ScanWish.Often);
        Run(800);
        Assert.Equal([0, 100, 120, 140], _scans);
    }

    [Fact]
    public void A_busy_uplink_puts_a_scan_off_but_not_for_ever()
    {
        Run(10);
        Run(PeriodSeconds + 650, ScanWish.Later);
        Assert.Equal([0, 1500], _scans);
    }

    [Fact]
    public void A_busy_driver_is_asked_ever_more_rarely_and_after_a_success_at_the_usual_pace_again()
    {
        _wifi.Busy = true;
        Run(480);
        Assert.Equal([0, 15, 45, 105, 225, 465], _scans);
        _wifi.Busy = false;
        Run(PeriodSeconds + 500);
        Assert.Equal([945, 1845], _scans[6..]);
    }

    [Fact]
    public void However_long_the_driver_was_busy_it_is_asked_each_quarter_of_an_hour()
    {
        _wifi.Busy = true;
        Run(10_000);
        Assert.Equal(PeriodSeconds, _scans[^1] - _scans[^2]);
    }

    [Fact]
    public void While_a_connection_is_made_the_driver_is_not_even_asked()
    {
        _wifi.Addresses = null;
        Run(100);
        Assert.Empty(_scans);
        _wifi.Addresses = _connected;
        Run(100);
        Assert.Equal([105], _scans);
    }

    [Fact]
    public void A_reading_is_given_once_with_its_age()
    {
        Run(ScanSeconds + 2);
        _clock.UptimeMs += 20_000;
        LinkReading reading = Read()!;
        Assert.Equal((true, true, -60, 22), (reading.Connected, reading.IsScanned, reading.Rssi, reading.AgeSeconds));
        Assert.Equal((true, 0, 0), (reading.HasBssid, reading.Channel, reading.Disconnects));
        Assert.Equal(_near, reading.Bssid);
        Assert.Null(Read());
    }

    [Fact]
    public void A_scan_that_a_reconnect_takes_back_gives_no_reading_and_is_tried_again()
    {
        Run(1);
        Run(60, endsScans: false);
        Assert.Null(Read());
        Assert.Equal([0, 45], _scans);
        Run(ScanSeconds + 60);
        Assert.Equal(-60, Read()!.Rssi);
    }

    [Fact]
    public void Scans_that_never_end_become_ever_rarer()
    {
        Run(10_000, endsScans: false);
        Assert.Equal([0, 45, 105, 195, 345, 615], _scans[..6]);
        Assert.Equal(PeriodSeconds + LostSeconds, _scans[^1] - _scans[^2]);
        Assert.Equal(16, _scans.Count);
    }

    [Fact]
    public void A_scan_that_a_reconnect_cut_short_says_nothing_of_what_it_did_not_hear_and_is_tried_again()
    {
        Networks(("neighbour", _near, -40));
        Run(2, endsScans: false);
        _wifi.CompleteScan();
        Run(20, endsScans: false);
        Assert.Null(Read());
        Assert.Equal([0, 17], _scans);
        var discards = new RadioDiscards();
        _radio.TakeDiscards(discards);
        Assert.Equal(2000, discards.ScanMs);
    }

    [Theory]
    [InlineData(5500)]
    [InlineData(22_000)]
    public void Time_off_the_channel_is_what_the_scan_took_however_many_channels_the_chip_has(int scanMs)
    {
        Run(scanMs / 1000, endsScans: false);
        _clock.UptimeMs = scanMs;
        _wifi.CompleteScan();
        Run(1, endsScans: false);
        var discards = new RadioDiscards();
        _radio.TakeDiscards(discards);
        Assert.Equal((scanMs, -60), (discards.ScanMs, Read()!.Rssi));
    }

    [Fact]
    public void Between_long_scans_the_uplink_has_its_time_also_while_somebody_waits()
    {
        for (int scan = 0; scan < 3; scan++)
        {
            Run(22, ScanWish.Often, endsScans: false);
            _wifi.CompleteScan();
            Run(10, ScanWish.Often, endsScans: false);
        }

        Assert.Equal([0, 32, 64], _scans);
    }

    [Fact]
    public void It_says_that_it_is_away_while_it_scans()
    {
        using NanoContext.Scope scope = _context.Enter();
        Assert.True(_radio.Refresh(0, ScanWish.Rarely));
        _clock.UptimeMs = 7000;
        _wifi.CompleteScan();
        Assert.False(_radio.Refresh(7000, ScanWish.Rarely));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_home_of_unknown_name_is_not_scanned_for_and_no_hidden_network_is_taken_for_it(string? ssid)
    {
        Networks(("", _near, -40));
        using NanoContext.Scope scope = _context.Enter();
        var radio = new StockRadio(_clock, WifiAdapter.FindAllAdapters()[0], ssid!);
        Assert.False(radio.Refresh(0, ScanWish.Often));
        _wifi.CompleteScan();
        radio.Refresh(1000, ScanWish.Often);
        Assert.Empty(_wifi.Calls);
        Assert.False(radio.ReadLink(new LinkReading()));
    }

    [Fact]
    public void A_reading_of_0_dBm_is_none_and_not_the_strongest()
    {
        Networks(("home", _near, 0), ("home", _far, -70));
        Run(ScanSeconds + 1);
        LinkReading reading = Read()!;
        Assert.Equal(-70, reading.Rssi);
        Assert.Equal(_far, reading.Bssid);
    }

    [Fact]
    public void Without_an_access_point_there_are_no_clients_to_count()
    {
        Run(70);
        Assert.Equal(RadioStatus.Busy, ReadStations().Count);
        Stations();
        _wifi.ChangeStation(0, false);
        Run(1);
        Assert.Equal(0, ReadStations().Count);
        _wifi.AccessPoint = null;
        Run(601);
        Assert.Equal(RadioStatus.Busy, ReadStations().Count);
    }

    [Fact]
    public void A_join_whose_list_could_not_be_read_at_once_is_as_old_as_it_was_told()
    {
        Stations((1, -50));
        Run(300);
        _wifi.StationFault = new InvalidOperationException("starting anew");
        Stations((1, -50), (2, -70));
        _wifi.ChangeStation(1, true);
        Run(3);
        _wifi.StationFault = null;
        Run(30);
        Assert.Equal((2, 33), (ReadStations().Count, _radio.StationAgeSeconds));
    }

    [Fact]
    public void A_station_that_left_between_count_and_list_is_left_out()
    {
        Stations((1, -50));
        _wifi.Stations = [_wifi.Stations[0], null!];
        Run(1);
        Assert.Equal(1, ReadStations().Count);
    }

    [Fact]
    public void Values_that_changed_untold_were_refreshed_since_the_look_before()
    {
        Stations((1, -50));
        Run(1200);
        Stations((1, -58));
        Run(1);
        (int count, byte[] records) = ReadStations();
        Assert.Equal((1, -58, 601), (count, (sbyte)records[6], _radio.StationAgeSeconds));
    }

    [Fact]
    public void A_look_that_comes_a_little_early_counts_the_list_of_its_minute()
    {
        Stations((1, -50));
        Run(1);
        _clock.UptimeMs = 60_004;
        Assert.Equal(1, ReadStations().Count);
        _clock.UptimeMs = 120_001;
        Assert.Equal(1, ReadStations().Count);
    }

    [Fact]
    public void A_report_that_was_taken_back_gives_no_reading()
    {
        Run(ScanSeconds - 1);
        _wifi.Fault = new InvalidOperationException("disconnected");
        Run(2);
        Assert.Null(Read());
    }

    [Fact]
    public void An_adapter_that_disappears_stops_nothing()
    {
        Run(100);
        _wifi.Fault = new ObjectDisposedException("adapter");
        Stations((1, -50));
        _wifi.ChangeStation(0, true);
        Run(3000);
        Assert.Equal(1, ReadStations().Count);
        _wifi.Fault = null;
        Read();
        Run(PeriodSeconds + ScanSeconds);
        Assert.Equal(-60, Read()!.Rssi);
    }

    [Fact]
    public void Without_an_adapter_it_knows_its_stations()
    {
        using (_context.Enter())
        {
            Stations((1, -50));
            var radio = new StockRadio(_clock, null, "home");
            radio.Refresh(0, ScanWish.Often);
            Assert.Equal(1, radio.ReadStations(new byte[120]));
            Assert.False(radio.ReadLink(new LinkReading()));
        }
    }

    [Fact]
    public void A_home_that_is_not_heard_is_a_sample_without_rssi()
    {
        Networks(("neighbour", _near, -40));
        Run(ScanSeconds + 1);
        LinkReading reading = Read()!;
        Assert.Equal((true, LinkReading.RssiUnknown, false), (reading.Connected, reading.Rssi, reading.HasBssid));
    }

    [Fact]
    public void Of_two_access_points_alike_the_same_one_stays()
    {
        (int Near, int Far)[] scans = [(-60, -62), (-63, -59), (-60, -60), (-64, -58), (-58, -64), (-62, -57)];
        foreach ((int near, int far) in scans)
        {
            Networks(("home", _near, near), ("home", _far, far));
            Run(PeriodSeconds);
            LinkReading reading = Read()!;
            Assert.Equal(near, reading.Rssi);
            Assert.Equal(_near, reading.Bssid);
        }
    }

    [Fact]
    public void One_that_is_clearly_stronger_takes_over_and_so_does_any_when_the_other_is_gone()
    {
        Networks(("home", _near, -60), ("home", _far, -80));
        Run(PeriodSeconds);
        Assert.Equal(_near, Read()!.Bssid);
        Networks(("home", _near, -67), ("home", _far, -60));
        Run(PeriodSeconds);
        LinkReading taken = Read()!;
        Assert.Equal(-60, taken.Rssi);
        Assert.Equal(_far, taken.Bssid);
        Networks(("home", _near, -85));
        Run(PeriodSeconds);
        LinkReading left = Read()!;
        Assert.Equal(-85, left.Rssi);
        Assert.Equal(_near, left.Bssid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_join_is_known_at_once_or_when_its_event_was_dropped_by_the_next_resync(bool isTold)
    {
        Stations((1, -50));
        Run(70);
        Assert.Equal((1, 70), (ReadStations().Count, _radio.StationAgeSeconds));
        Stations((1, -50), (2, -70));
        if (isTold)
        {
            _wifi.ChangeStation(1, true);
        }

        Run(1);
        Assert.Equal(isTold ? 2 : RadioStatus.Busy, ReadStations().Count);
        Run(600);
        (int count, byte[] records) = ReadStations();
        Assert.Equal((2, -70), (count, (sbyte)records[14]));

        // Dropped: it may have been right after the first look, at second 0.
        Assert.Equal(isTold ? 601 : 671, _radio.StationAgeSeconds);
    }

    [Fact]
    public void A_list_that_still_holds_counts_once_a_minute()
    {
        Stations((1, -50));
        int counted = 0;
        for (int look = 0; look < 30; look++)
        {
            Run(10);
            counted += ReadStations().Count > 0 ? 1 : 0;
        }

        Assert.Equal(5, counted);
    }

    [Fact]
    public void A_storm_of_events_reads_the_list_once_a_second()
    {
        Stations((1, -50));
        for (int i = 0; i < 500; i++)
        {
            _wifi.ChangeStation(0, i % 2 == 0);
        }

        int before = _wifi.StationReads;
        Run(5);
        Assert.Equal(1, _wifi.StationReads - before);
    }

    private void Run(int seconds, ScanWish wish = ScanWish.Rarely, bool endsScans = true)
    {
        using NanoContext.Scope scope = _context.Enter();
        for (int i = 0; i < seconds; i++, _clock.UptimeMs += 1000)
        {
            long second = _clock.UptimeMs / 1000;
            if (endsScans && !_wifi.Busy && _scans.Count > 0 && second - _scans[^1] == ScanSeconds)
            {
                _wifi.CompleteScan();
            }

            int before = _wifi.Calls.Count;
            _radio.Refresh(_clock.UptimeMs, wish);
            if (_wifi.Calls.Count > before)
            {
                _scans.Add(second);
            }
        }
    }

    private LinkReading? Read()
    {
        var reading = new LinkReading();
        reading.Clear();
        return _radio.ReadLink(reading) ? reading : null;
    }

    private (int Count, byte[] Records) ReadStations()
    {
        byte[] records = new byte[Limits.Stations * Limits.StationRecordBytes];
        return (_radio.ReadStations(records), records);
    }

    private void Networks(params (string Ssid, byte[] Bssid, int Rssi)[] networks) =>
        _wifi.Networks = [.. networks.Select(network => new VirtualNetwork(network.Bssid, network.Ssid, (sbyte)network.Rssi))];

    private void Stations(params (byte Number, int Rssi)[] stations)
    {
        _wifi.AccessPoint = new VirtualAccessPoint("home", 6, 15);
        _wifi.Stations = [.. stations.Select(s => new VirtualStation([2, 0, 0, 0, 1, s.Number], (sbyte)s.Rssi, PhyProtocols.PHY802_11n))];
    }

    private sealed class Clock : IClock
    {
        public long UptimeMs { get; set; }

        public uint UnixSeconds => 0;
    }
}
