using GatewayAgent.Ports;
using GatewayAgent.Sampling;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>
/// What a node with the stock image sees: the strongest access point of the home every quarter of an hour, and its stations with the RSSI of
/// their last coming or going. No channels, no disconnections.
/// </summary>
internal sealed class StockView(Household home, HouseNode node, SeededRandom random)
{
    private const int ScanPeriodSeconds = 15 * 60, ScanSeconds = 7, CountSeconds = 60;

    private static readonly NoChannels _noChannels = new();

    private readonly byte[] _stations = new byte[Limits.Stations * Limits.StationRecordBytes];
    private readonly long _phase = (long)(random.Next() * ScanPeriodSeconds);
    private int _count = -1;
    private long _changedAt;

    public void Fill(WindowDesk desk, long uptime, Span time, bool isConnected)
    {
        long scan = time.From + ScanPeriodSeconds - 1 - ((time.From + _phase + ScanPeriodSeconds - 1) % ScanPeriodSeconds);
        for (; isConnected && scan < time.To; scan += ScanPeriodSeconds)
        {
            Scan(desk, uptime + scan - time.From);
        }

        desk.Window.TakeChannels(_noChannels);
        if (node.AccessPoint != null)
        {
            CountStations(desk, uptime, time);
        }
    }

    private void Scan(WindowDesk desk, long uptime)
    {
        LinkReading reading = desk.Reading;
        reading.Clear();
        double strongest = double.NegativeInfinity;
        foreach (AirSource source in home.HomeAccessPoints)
        {
            double rssi = source == node.Uplink ? node.MeanUplinkRssi : home.RssiAt(node.Script.Place, source) - node.Plan.BehindDb;
            strongest = source.IsUp && source != node.AccessPoint ? Math.Max(strongest, rssi) : strongest;
        }

        reading.Connected = true;
        reading.IsScanned = true;
        reading.Rssi = HouseNode.ToDbm(Math.Max(-95, strongest + (2.5 * random.Gaussian())));
        reading.Disconnects = desk.Disconnects & 0xFFFF;
        desk.Window.Link.Add(reading, uptime);
        desk.Window.OffChannelMs += ScanSeconds * 1000;
    }

    // The image refreshes RSSI values when a station joins or leaves.
    private void CountStations(WindowDesk desk, long uptime, Span time)
    {
        int count = node.WriteStations(desk.Stations);
        if (count != _count)
        {
            _count = count;
            _changedAt = time.From;
            desk.Stations.CopyTo(_stations, 0);
        }

        desk.Window.Clients.Source = RadioSource.StockEvent;
        for (long second = time.From; second < time.To; second += CountSeconds)
        {
            desk.Window.Clients.Add(_stations, _count, Math.Max(0, uptime + _changedAt - time.From));
        }
    }

    private sealed class NoChannels : IRadio
    {
        public RadioSource Source => RadioSource.StockScan;

        public int Abi => 0;

        public uint Capabilities => 0;

        public uint Channels2g => 0;

        public uint Channels5g => 0;

        public int StationAgeSeconds => 0;

        public bool ReadLink(LinkReading reading) => false;

        public int ReadStations(byte[] records) => RadioStatus.Unsupported;

        public int BeginDwell(int channel, int milliseconds) => RadioStatus.Unsupported;

        public int TakeChannels(byte[] records) => RadioStatus.Unsupported;

        public void TakeDiscards(RadioDiscards discards)
        {
        }

        public bool Refresh(long now, ScanWish wish) => true;
    }
}
