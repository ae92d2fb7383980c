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

    // The same list counts again after so long: it still holds, for joins and leaves are told, but no value in it is new. Half a look less
    // than a minute, so that a look that comes a little early takes it.
    private const int CountAgainMs = (60 * 1000) - (Limits.StationPeriodMs / 2);

    private readonly object _gate = new object();
    private readonly byte[] _records = new byte[Limits.Stations * Limits.StationRecordBytes];
    private int _count = RadioStatus.Busy;
    private long _changedAt;
    private long _lookedAt;
    private long _takenAt;
    private long _takenChangedAt;
    private bool _isNew;

    /// <summary>Age of the values that were taken last. Only whoever takes them may ask.</summary>
    public int AgeSeconds(long now) => (int)((now - _takenChangedAt) / 1000);

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
            _takenChangedAt = _changedAt;
            Array.Copy(_records, records, _count * Limits.StationRecordBytes);
            return _count;
        }
    }

    /// <summary>There is no access point: nothing to count, which is not a count of none.</summary>
    public void Forget(long now)
    {
        lock (_gate)
        {
            _count = RadioStatus.Busy;
            _lookedAt = now;
        }
    }

    /// <param name="stations">All there are now. The last may be null: they left between the runtime's count and its list.</param>
    /// <param name="toldAt">Uptime at which a join or leave was told since the list before, ms; −1 = none was.</param>
    /// <param name="now">Uptime, ms.</param>
    public void Refresh(WirelessAPStation[] stations, long toldAt, long now)
    {
        lock (_gate)
        {
            int count = 0;
            bool isChanged = false;
            for (int i = 0; i < stations.Length && stations[i] != null && count < Limits.Stations; i++)
            {
                isChanged |= Put(count * Limits.StationRecordBytes, stations[i]);
                count++;
            }

            isChanged |= count != _count;
            if (toldAt >= 0 || isChanged)
            {
                _changedAt = toldAt >= 0 ? toldAt : _lookedAt;
                _isNew = true;
            }

            _count = count;
            _lookedAt = now;
        }
    }

    // True when another station than before stands at this place, or its RSSI was refreshed.
    private bool Put(int at, WirelessAPStation station)
    {
        bool changed = _records[at + MacBytes] != (byte)station.Rssi;
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
