using GatewayAgent.Sampling;

namespace GatewayAgent.Statistics;

/// <summary>What a window knows of the uplink. Group <c>Link</c> of the report.</summary>
public sealed class LinkStatistics
{
    // More disconnections than this between two readings cannot be: the counter has started anew.
    private const int MostBetweenReadings = 100;

    private int _disconnectsBefore = -1;

    public Histogram Rssi { get; } = new Histogram(Limits.RssiBins);

    /// <summary>True when samples were taken in this window, with or without a valid RSSI.</summary>
    public bool IsMeasured { get; internal set; }

    public uint SamplesWithoutRssi { get; internal set; }

    public uint Disconnects { get; internal set; }

    /// <summary>IEEE 802.11 reason code of the last disconnection, 0 = none.</summary>
    public int LastReason { get; internal set; }

    /// <summary>Channel of the serving access point, 0 = unknown.</summary>
    public int Channel { get; internal set; }

    /// <summary>Keyed hash of the serving access point's BSSID; of use only when <see cref="HasAp"/>.</summary>
    public uint Ap { get; private set; }

    public bool HasAp { get; private set; }

    /// <summary>Uptime at which the newest valid RSSI was measured, whole seconds; −1 = none in this window.</summary>
    public long MeasuredAt { get; internal set; } = -1;

    /// <summary>Utilisations of the own channel that the serving access point stated, and their sum.</summary>
    public int UtilizationSamples { get; private set; }

    public int UtilizationSum { get; private set; }

    /// <summary>Stated utilisations that cannot be: beyond 255, or 0 although the beacon that states it takes time itself.</summary>
    public int UtilizationRefused { get; private set; }

    /// <param name="reading">One reading.</param>
    /// <param name="nowSeconds">Uptime, whole seconds.</param>
    public void Add(LinkReading reading, long nowSeconds)
    {
        IsMeasured = true;
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

        AddUtilization(reading);
        CountDisconnects(reading);
    }

    /// <summary>Has the report of this window state the serving access point.</summary>
    public void StateAp(uint hash)
    {
        Ap = hash;
        HasAp = true;
    }

    /// <summary>Starts the next window; the running count of disconnections goes on.</summary>
    public void Clear()
    {
        Rssi.Clear();
        IsMeasured = false;
        SamplesWithoutRssi = 0;
        Disconnects = 0;
        LastReason = 0;
        Channel = 0;
        HasAp = false;
        MeasuredAt = -1;
        UtilizationSamples = 0;
        UtilizationSum = 0;
        UtilizationRefused = 0;
    }

    private void AddUtilization(LinkReading reading)
    {
        int utilization = reading.Utilization;
        if (utilization > 0 && utilization <= byte.MaxValue && reading.Connected)
        {
            UtilizationSamples++;
            UtilizationSum += utilization;
        }
        else if (utilization != LinkReading.UtilizationUnknown)
        {
            UtilizationRefused++;
        }
    }

    // The native counter runs from boot, modulo 65,536; the first reading only sets the mark, and so does one that cannot be.
    private void CountDisconnects(LinkReading reading)
    {
        int more = _disconnectsBefore < 0 ? 0 : (reading.Disconnects - _disconnectsBefore) & 0xFFFF;
        _disconnectsBefore = reading.Disconnects;
        if (more != 0 && more <= MostBetweenReadings)
        {
            Disconnects += (uint)more;
            LastReason = reading.LastReason;
        }
    }
}
