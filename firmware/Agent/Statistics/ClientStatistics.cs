
namespace GatewayAgent.Statistics;

/// <summary>What a window knows of the stations of the node's own access point. Group <c>Clients</c> of the report.</summary>
public sealed class ClientStatistics
{
    private const int RssiOffset = 6;

    public CountStatistics Count { get; } = new CountStatistics();

    public Histogram Rssi { get; } = new Histogram(Limits.RssiBins);

    public int RssiUnknown { get; private set; }

    public int AgeSeconds { get; private set; }

    /// <param name="records">Station records of 8 bytes, see <see cref="Ports.IRadio.ReadStations"/>.</param>
    /// <param name="stations">How many of them.</param>
    /// <param name="ageSeconds">Age of their RSSI, seconds.</param>
    public void Add(byte[] records, int stations, int ageSeconds)
    {
        Count.Add(stations);
        AgeSeconds = ageSeconds;
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
        AgeSeconds = 0;
    }
}
