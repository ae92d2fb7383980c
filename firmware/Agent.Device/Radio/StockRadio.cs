using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.Device.Radio;

/// <summary>
/// The radio as stock images give it: rare scans, and the station list of the soft AP. Channels are not known at all. The serving access
/// point is not told either: the strongest of the home's own network stands for it. What allocates or waits happens in
/// <see cref="Refresh"/>, off the sampling thread; the sampling thread takes each result once.
/// </summary>
public sealed class StockRadio : IRadio
{
    // A scan leaves the channel for some seven seconds and allocates a report, so it is rare; a scan refused because the driver was
    // connecting is tried again sooner.
    private const int ScanPeriodMs = 15 * 60 * 1000, BusyRetryMs = 60 * 1000;

    // 500 ms on each of the 14 channels of 2.4 GHz.
    private const int ScanMs = 7000;

    // The station list allocates an object a station.
    private const int StationPeriodMs = 60 * 1000;

    private const int MacBytes = 6;

    private readonly object _gate = new object();
    private readonly IClock _clock;
    private readonly WifiAdapter _adapter;
    private readonly string _ssid;
    private readonly StationList _stations = new StationList();
    private readonly byte[] _bssid = new byte[MacBytes];
    private bool _hasNewRssi;
    private int _rssi;
    private long _rssiAt;
    private int _scanMs;
    private long _nextScan;
    private long _nextStations;

    /// <param name="clock">For the age of what it tells.</param>
    /// <param name="adapter">The one adapter: finding it again leaks native memory on each call.</param>
    /// <param name="ssid">The home's own network.</param>
    public StockRadio(IClock clock, WifiAdapter adapter, string ssid)
    {
        _clock = clock;
        _adapter = adapter;
        _ssid = ssid;
        _adapter.AvailableNetworksChanged += OnScanDone;
    }

    public RadioSource Source => RadioSource.StockScan;

    public int Abi => 0;

    public uint Capabilities => 0;

    public uint Channels2g => 0;

    public uint Channels5g => 0;

    public int StationAgeSeconds => _stations.AgeSeconds(_clock.UptimeMs);

    public bool ReadLink(LinkReading reading)
    {
        lock (_gate)
        {
            if (!_hasNewRssi)
            {
                return false;
            }

            _hasNewRssi = false;
            reading.Connected = true;
            reading.Rssi = _rssi;
            reading.AgeSeconds = (int)((_clock.UptimeMs - _rssiAt) / 1000);
            reading.HasBssid = true;
            Array.Copy(_bssid, reading.Bssid, MacBytes);
            return true;
        }
    }

    public int ReadStations(byte[] records) => _stations.Take(records);

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

    public void Refresh(long now)
    {
        if (now >= _nextStations)
        {
            _nextStations = now + StationPeriodMs;
            WirelessAPConfiguration[] accessPoints = WirelessAPConfiguration.GetAllWirelessAPConfigurations();
            if (accessPoints.Length > 0)
            {
                _stations.Refresh(accessPoints[0].GetConnectedStations(), now);
            }
        }

        if (now >= _nextScan)
        {
            _nextScan = now + (TryScan() ? ScanPeriodMs : BusyRetryMs);
        }
    }

    private bool TryScan()
    {
        try
        {
            _adapter.ScanAsync();
            lock (_gate)
            {
                _scanMs += ScanMs;
            }

            return true;
        }
        catch (Exception)
        {
            // The driver refuses while it connects, with whatever its status maps to.
            return false;
        }
    }

    // Runs on the runtime's event thread, which an exception would end for everybody.
    private void OnScanDone(WifiAdapter sender, object e)
    {
        try
        {
            WifiAvailableNetwork strongest = StrongestOfHome(sender);
            if (strongest != null)
            {
                Keep(strongest);
            }
        }
        catch (Exception)
        {
            // The report was taken back by a disconnect: no reading this time.
        }
    }

    private WifiAvailableNetwork StrongestOfHome(WifiAdapter sender)
    {
        WifiAvailableNetwork best = null;
        foreach (WifiAvailableNetwork network in sender.NetworkReport.AvailableNetworks)
        {
            if (network.Ssid == _ssid && (best == null || network.NetworkRssiInDecibelMilliwatts > best.NetworkRssiInDecibelMilliwatts))
            {
                best = network;
            }
        }

        return best;
    }

    private void Keep(WifiAvailableNetwork network)
    {
        lock (_gate)
        {
            _hasNewRssi = true;
            _rssi = (int)network.NetworkRssiInDecibelMilliwatts;
            _rssiAt = _clock.UptimeMs;
            ReadAddress(network.Bsid, _bssid);
        }
    }

    // Pairs of hexadecimal digits, with a separator or without.
    private static void ReadAddress(string text, byte[] address)
    {
        int digits = 0;
        for (int i = 0; i < text.Length && digits < 2 * MacBytes; i++)
        {
            int digit = "0123456789ABCDEF".IndexOf(text.ToUpper()[i]);
            if (digit >= 0)
            {
                address[digits / 2] = (byte)((address[digits / 2] << 4) | digit);
                digits++;
            }
        }
    }
}
