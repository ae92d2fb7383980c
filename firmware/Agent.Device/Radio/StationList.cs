using System;
using System.Net.NetworkInformation;
using GatewayAgent.Ports;

namespace GatewayAgent.Device.Radio;

/// <summary>
/// The soft AP's stations as the stock image lists them. The image refreshes the RSSI values only when a station joins or leaves, so they are
/// as old as that; when a change was not told, it may have been right after the look before. Written by the probe thread, taken by the
/// sampling thread.
/// </summary>
internal sealed class StationList
{
    private const int MacBytes = 6;

    // The same list counts again after so long: it still holds, for joins and leaves are told, but no value in it is new.
    private const int CountAgainMs = 60 * 1000;

    private readonly object _gate = new object();
    private readonly byte[] _records = new byte[Limits.Stations * Limits.StationRecordBytes];
    private int _count = RadioStatus.Busy;
    private long _changedAt;
    private long _lookedAt;
    private long _takenAt;
    private bool _isNew;

    public int AgeSeconds(long now)
    {
        lock (_gate)
        {
            return (int)((now - _changedAt) / 1000);
        }
    }

    /// <summary>Copies the records (mac[6], i8 RSSI, u8 PHY) of a list that is new, or that still holds after a while.</summary>
    /// <returns>Stations, or <see cref="RadioStatus.Busy"/> when there is none to count.</returns>
    public int Take(byte[] records, long now)
    {
        lock (_gate)
        {
            if (_count < 0 || (!_isNew && now - _takenAt < CountAgainMs))
            {
                return RadioStatus.Busy;
            }

            _isNew = false;
            _takenAt = now;
            Array.Copy(_records, records, _count * Limits.StationRecordBytes);
            return _count;
        }
    }

    /// <param name="stations">All there are now.</param>
    /// <param name="isTold">A join or leave was told: it was just now.</param>
    /// <param name="now">Uptime, ms.</param>
    public void Refresh(WirelessAPStation[] stations, bool isTold, long now)
    {
        lock (_gate)
        {
            int count = stations.Length < Limits.Stations ? stations.Length : Limits.Stations;
            bool isChanged = count != _count;
            for (int i = 0; i < count; i++)
            {
                isChanged |= Put(i * Limits.StationRecordBytes, stations[i]);
            }

            if (isTold || isChanged)
            {
                _changedAt = isTold ? now : _lookedAt;
                _isNew = true;
            }

            _count = count;
            _lookedAt = now;
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
