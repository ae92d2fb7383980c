using System;
using GatewayAgent.Ports;

namespace GatewayAgent.Statistics;

/// <summary>What a window knows of the stations of the node's own access point. Group <c>Clients</c> of the report.</summary>
public sealed class ClientStatistics
{
    private const int RssiOffset = 6;

    // 0 = no valid reading yet.
    private int _weakestRssi;

    /// <summary>Where the values come from; whoever adds sets it.</summary>
    public RadioSource Source { get; set; }

    public CountStatistics Count { get; } = new CountStatistics();

    public Histogram Rssi { get; } = new Histogram(Limits.RssiBins);

    public uint RssiUnknown { get; internal set; }

    /// <summary>MAC address of the station that was the weakest in this window; of use only when <see cref="HasWeakest"/>.</summary>
    public byte[] Weakest { get; } = new byte[Limits.AddressBytes];

    public bool HasWeakest => _weakestRssi != 0;

    /// <summary>Uptime at which the newest RSSI values were measured, whole seconds; −1 = none in this window.</summary>
    public long MeasuredAt { get; internal set; } = -1;

    /// <param name="records">Station records of 8 bytes, see <see cref="IRadio.ReadStations"/>.</param>
    /// <param name="stations">How many of them.</param>
    /// <param name="measuredAt">Uptime at which their RSSI was measured, whole seconds.</param>
    public void Add(byte[] records, int stations, long measuredAt)
    {
        Count.Add(stations);
        if (stations > 0)
        {
            MeasuredAt = measuredAt;
        }

        for (int i = 0; i < stations; i++)
        {
            int rssi = (sbyte)records[(i * Limits.StationRecordBytes) + RssiOffset];
            if (RssiBins.IsValid(rssi))
            {
                Rssi.Add(RssiBins.Of(rssi));
                NoteWeakest(records, i * Limits.StationRecordBytes, rssi);
            }
            else
            {
                RssiUnknown++;
            }
        }
    }

    public void Clear()
    {
        _weakestRssi = 0;
        Count.Clear();
        Rssi.Clear();
        RssiUnknown = 0;
        MeasuredAt = -1;
    }

    private void NoteWeakest(byte[] records, int at, int rssi)
    {
        if (rssi < _weakestRssi)
        {
            _weakestRssi = rssi;
            Array.Copy(records, at, Weakest, 0, Limits.AddressBytes);
        }
    }
}
