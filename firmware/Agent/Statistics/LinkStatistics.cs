using GatewayAgent.Sampling;

namespace GatewayAgent.Statistics;

/// <summary>What a window knows of the uplink. Group <c>Link</c> of the report.</summary>
public sealed class LinkStatistics
{
    private int _disconnectsBefore = -1;

    public Histogram Rssi { get; } = new Histogram(Limits.RssiBins);

    /// <summary>Samples taken, with or without a valid RSSI. 0 = the link was not measured.</summary>
    public int Samples { get; private set; }

    public int SamplesWithoutRssi { get; private set; }

    public int Disconnects { get; private set; }

    public int LastReason { get; private set; }

    public int Channel { get; private set; }

    public int AgeSeconds { get; private set; }

    public void Add(LinkReading reading)
    {
        Samples++;
        if (reading.Connected && RssiBins.IsValid(reading.Rssi))
        {
            Rssi.Add(RssiBins.Of(reading.Rssi));
            AgeSeconds = reading.AgeSeconds;
        }
        else
        {
            SamplesWithoutRssi++;
        }

        if (reading.Channel != 0)
        {
            Channel = reading.Channel;
        }

        CountDisconnects(reading);
    }

    /// <summary>Starts the next window; the running count of disconnections goes on.</summary>
    public void Clear()
    {
        Rssi.Clear();
        Samples = 0;
        SamplesWithoutRssi = 0;
        Disconnects = 0;
        LastReason = 0;
        Channel = 0;
        AgeSeconds = 0;
    }

    // The native counter runs from boot, modulo 65,536; the first reading only sets the mark.
    private void CountDisconnects(LinkReading reading)
    {
        int more = _disconnectsBefore < 0 ? 0 : (reading.Disconnects - _disconnectsBefore) & 0xFFFF;
        _disconnectsBefore = reading.Disconnects;
        if (more != 0)
        {
            Disconnects += more;
            LastReason = reading.LastReason;
        }
    }
}
