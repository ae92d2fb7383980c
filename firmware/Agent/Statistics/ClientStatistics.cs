
using GatewayAgent.Ports;

namespace GatewayAgent.Statistics;

/// <summary>What a window knows of the stations of the node's own access point. Group <c>Clients</c> of the report.</summary>
public sealed class ClientStatistics
{
    private const int RssiOffset = 6;

    /// <summary>Where the values come from; whoever adds sets it.</summary>
    public RadioSource Source { get; set; }

    public CountStatistics Count { get; } = new CountStatistics();

    public Histogram Rssi { get; } = new Histogram(Limits.RssiBins);

    public uint RssiUnknown { get; internal set; }

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
            }
            else
            {
                RssiUnknown++;
            }
        }
    }

    public void Clear()
    {
        Count.Clear();
        Rssi.Clear();
        RssiUnknown = 0;
        MeasuredAt = -1;
    }
}
