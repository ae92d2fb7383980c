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

    /// <summary>Uptime at which the newest valid RSSI was measured, whole seconds; −1 = none in this window.</summary>
    public long MeasuredAt { get; private set; } = -1;

    /// <param name="reading">One reading.</param>
    /// <param name="nowSeconds">Uptime, whole seconds.</param>
    public void Add(LinkReading reading, long nowSeconds)
    {
        Samples++;
        if (reading.Connected && RssiBins.IsValid(reading.Rssi))
        {
            Rssi.Add(RssiBins.Of(reading.Rssi));
            MeasuredAt = nowSeconds - reading.AgeSeconds;
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
        MeasuredAt = -1;
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
