using System;
using System.Net.NetworkInformation;
using GatewayAgent.Ports;

namespace GatewayAgent.Device.Radio;

/// <summary>
/// The soft AP's stations as the stock image lists them. Its RSSI values are refreshed only when a station joins or leaves, so their age
/// is the time since the list last changed. Written by the probe thread, taken once by the sampling thread.
/// </summary>
internal sealed class StationList
{
    private const int MacBytes = 6;

    private readonly object _gate = new object();
    private readonly byte[] _records = new byte[Limits.Stations * Limits.StationRecordBytes];
    private int _count;
    private long _changedAt;
    private bool _isNew;

    public int AgeSeconds(long now)
    {
        lock (_gate)
        {
            return (int)((now - _changedAt) / 1000);
        }
    }

    /// <summary>Copies the records (mac[6], i8 RSSI, u8 PHY) of a list that was not taken yet.</summary>
    /// <returns>Stations, or <see cref="RadioStatus.Busy"/> when there is no new list.</returns>
    public int Take(byte[] records)
    {
        lock (_gate)
        {
            if (!_isNew)
            {
                return RadioStatus.Busy;
            }

            _isNew = false;
            Array.Copy(_records, records, _count * Limits.StationRecordBytes);
            return _count;
        }
    }

    public void Refresh(WirelessAPStation[] stations, long now)
    {
        lock (_gate)
        {
            int count = stations.Length < Limits.Stations ? stations.Length : Limits.Stations;
            bool changed = count != _count;
            for (int i = 0; i < count; i++)
            {
                changed |= Put(i * Limits.StationRecordBytes, stations[i]);
            }

            _count = count;
            _isNew = true;
            if (changed)
            {
                _changedAt = now;
            }
        }
    }

    // True when another station than before stands at this place.
    private bool Put(int at, WirelessAPStation station)
    {
        bool changed = false;
        byte[] mac = station.MacAddress;
        for (int i = 0; i < MacBytes; i++)
        {
            changed |= _records[at + i] != mac[i];
            _records[at + i] = mac[i];
        }

        _records[at + MacBytes] = (byte)station.Rssi;
        _records[at + MacBytes + 1] = (byte)station.PhyModes;
        return changed;
    }
}
