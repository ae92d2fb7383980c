
namespace GatewayAgent.Statistics;

/// <summary>What a window knows of the stations of the node's own access point. Group <c>Clients</c> of the report.</summary>
public sealed class ClientStatistics
{
    private const int RssiOffset = 6;

    public CountStatistics Count { get; } = new CountStatistics();

    public Histogram Rssi { get; } = new Histogram(Limits.RssiBins);

    public int RssiUnknown { get; private set; }

    /// <summary>Uptime at which the newest RSSI values were measured, whole seconds; −1 = none in this window.</summary>
    public long MeasuredAt { get; private set; } = -1;

    /// <param name="records">Station records of 8 bytes, see <see cref="Ports.IRadio.ReadStations"/>.</param>
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
