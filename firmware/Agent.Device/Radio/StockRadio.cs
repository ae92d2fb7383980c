using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.Device.Radio;

/// <summary>
/// The radio as stock images give it: rare scans, and the station list of the soft AP. Not known at all are the channels, disconnections,
/// and which access point serves (see <see cref="StrongestOfHome"/>). What allocates or waits happens in <see cref="Refresh"/>, off the
/// sampling thread; the sampling thread takes each result once.
/// </summary>
public sealed class StockRadio : IRadio
{
    // 500 ms on each channel: 11–14 of 2.4 GHz, and up to 28 of 5 GHz where the chip has them. One that ended sooner was cut short by a
    // reconnect, and its report says nothing of what it did not hear; one that did not end later never will.
    private const int LeastScanMs = 5000, UsualScanMs = 7000, LostScanMs = 30000;

    private readonly object _gate = new object();
    private readonly IClock _clock;
    private readonly WifiAdapter _adapter;
    private readonly ScanSchedule _schedule = new ScanSchedule();
    private readonly StrongestOfHome _home;
    private readonly StockStations _stations = new StockStations();
    private readonly byte[] _bssid = new byte[Limits.AddressBytes];
    private bool _isScanning;
    private long _scanBegan;
    private bool _isScanDone;
    private long _scanDone;
    private bool _isNew;
    private bool _hasBssid;
    private int _rssi;
    private long _rssiAt;
    private int _scanMs;

    /// <param name="clock">For the age of what it tells.</param>
    /// <param name="adapter">The one adapter: finding it again leaks native memory on each call. Null: there is none to scan with.</param>
    /// <param name="ssid">The home's own network; null or empty = unknown, and so is its RSSI: then a scan would tell nothing.</param>
    public StockRadio(IClock clock, WifiAdapter adapter, string ssid)
    {
        _clock = clock;
        _adapter = string.IsNullOrEmpty(ssid) ? null : adapter;
        _home = new StrongestOfHome(ssid);
        if (_adapter != null)
        {
            _adapter.AvailableNetworksChanged += OnScanDone;
        }
    }

    public RadioSource Source => RadioSource.StockScan;

    public int Abi => 0;

    public uint Capabilities => 0;

    public uint Channels2g => 0;

    public uint Channels5g => 0;

    public int StationAgeSeconds => _stations.List.AgeSeconds(_clock.UptimeMs);

    public bool ReadLink(LinkReading reading)
    {
        lock (_gate)
        {
            if (!_isNew)
            {
                return false;
            }

            _isNew = false;
            reading.Connected = true;
            reading.IsScanned = true;
            reading.Rssi = _rssi;
            reading.AgeSeconds = (int)((_clock.UptimeMs - _rssiAt) / 1000);
            reading.HasBssid = _hasBssid;
            Array.Copy(_bssid, reading.Bssid, Limits.AddressBytes);
            return true;
        }
    }

    public int ReadStations(byte[] records) => _stations.List.Take(records, _clock.UptimeMs);

    public int BeginDwell(int channel, int milliseconds) => RadioStatus.Unsupported;

    public int TakeChannels(byte[] records) => RadioStatus.Unsupported;

    public void TakeDiscards(RadioDiscards discards)
    {
        lock (_gate)
        {
            discards.ScanMs += _scanMs;
            _scanMs = 0;
        }
    }

    public bool Refresh(long now, ScanWish wish)
    {
        _stations.Refresh(now);
        if (_adapter != null)
        {
            RefreshScan(now, wish);
        }

        return _isScanning;
    }

    private void RefreshScan(long now, ScanWish wish)
    {
        if (TakeScanDone(out long done))
        {
            EndScan(done, now);
        }
        else if (_isScanning && now - _scanBegan >= LostScanMs)
        {
            // Nobody knows how long it was away.
            _isScanning = false;
            CountAway(UsualScanMs);
            _schedule.Refused(now);
        }

        if (!_isScanning && _schedule.IsDue(now, wish))
        {
            BeginScan(now);
        }
    }

    private void BeginScan(long now)
    {
        if (!TryScan())
        {
            _schedule.Refused(now);
            return;
        }

        _schedule.Begun(now);
        _isScanning = true;
        _scanBegan = now;
    }

    // One that somebody else began is as good.
    private void EndScan(long done, long now)
    {
        bool isWhole = true;
        if (_isScanning)
        {
            _isScanning = false;
            CountAway((int)(done - _scanBegan));
            isWhole = done - _scanBegan >= LeastScanMs;
        }

        if (isWhole && TryRead(done))
        {
            _schedule.Ended(now);
        }
        else
        {
            _schedule.Refused(now);
        }
    }

    private void CountAway(int milliseconds)
    {
        lock (_gate)
        {
            _scanMs += milliseconds;
        }
    }

    private bool TryScan()
    {
        try
        {
            // Without an address a connection is being made, which a scan would only hold up.
            if (!HasUplink())
            {
                return false;
            }

            _adapter.ScanAsync();
            return true;
        }
        catch (Exception)
        {
            // The driver refuses while it connects, with whatever its status maps to.
            return false;
        }
    }

    // The soft AP always has an address.
    private static bool HasUplink()
    {
        foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (network.NetworkInterfaceType == NetworkInterfaceType.Wireless80211 && network.IPv4Address != "0.0.0.0")
            {
                return true;
            }
        }

        return false;
    }

    // Runs on the runtime's event thread, which an exception would end for everybody: only a note.
    private void OnScanDone(WifiAdapter sender, object e)
    {
        lock (_gate)
        {
            _isScanDone = true;
            _scanDone = _clock.UptimeMs;
        }
    }

    private bool TakeScanDone(out long done)
    {
        lock (_gate)
        {
            done = _scanDone;
            bool isDone = _isScanDone;
            _isScanDone = false;
            return isDone;
        }
    }

    private bool TryRead(long done)
    {
        try
        {
            _home.Choose(_adapter.NetworkReport.AvailableNetworks);
        }
        catch (Exception)
        {
            // The report was taken back by a disconnect: no reading this time.
            return false;
        }

        lock (_gate)
        {
            _rssi = _home.Rssi;
            _rssiAt = done;
            _hasBssid = _rssi != LinkReading.RssiUnknown && MacText.Read(_home.Bssid, _bssid);
            _isNew = true;
        }

        return true;
    }
}
