using GatewayAgent.Sampling;
using GatewayAgent.Statistics;

namespace GatewayAgent.Indication;

/// <summary>
/// What there is to see of a node, and what people at it ask for. Each field stands for itself and is written as a whole (the device's runtime
/// changes threads between instructions only), so that only the readings of the link need a lock. Nothing here allocates.
/// </summary>
public sealed class NodeStatus
{
    /// <summary>The last configuration was taken back.</summary>
    public bool IsRolledBack;

    public bool IsSafeMode;

    public bool IsNotProvisioned;

    private readonly RecentRssi _rssi = new RecentRssi();
    private long _placementUntil;
    private long _locateUntil;
    private bool _isReportAsked;

    /// <summary>Connected to the broker.</summary>
    public bool IsOnline { get; private set; }

    /// <summary>Reports that wait for an acknowledgement.</summary>
    public int Waiting { get; private set; }

    /// <summary>True once anything was heard of the link; stock images take their time.</summary>
    public bool IsLinkKnown { get; private set; }

    /// <summary>Associated with an access point, as of the last reading.</summary>
    public bool IsLinkUp { get; private set; }

    /// <summary>Takes a reading of the uplink; called from the sampling thread.</summary>
    /// <param name="now">Uptime, ms.</param>
    public void NoteLink(LinkReading reading, long now)
    {
        IsLinkUp = reading.Connected;
        IsLinkKnown = true;
        lock (_rssi)
        {
            bool isValid = RssiBins.IsValid(reading.Rssi);
            if (!reading.Connected || (reading.IsScanned && !isValid))
            {
                _rssi.Clear();
            }
            else if (isValid)
            {
                AddRssi(reading, now - (reading.AgeSeconds * 1000));
            }
        }
    }

    /// <summary>Takes how far the reports get; called from the uplink thread.</summary>
    public void NoteUplink(bool isOnline, int waiting)
    {
        IsOnline = isOnline;
        Waiting = waiting;
    }

    /// <returns>Median RSSI of the last five seconds, or that of the last scan, dBm, or <see cref="LinkReading.RssiUnknown"/>.</returns>
    public int LiveRssi(long now)
    {
        lock (_rssi)
        {
            return _rssi.Median(now);
        }
    }

    /// <returns>Age of <see cref="LiveRssi"/>, seconds; 0 = live.</returns>
    public int RssiAgeSeconds(long now)
    {
        lock (_rssi)
        {
            return _rssi.AgeSeconds(now);
        }
    }

    /// <summary>Turns placement mode on, for half an hour, or off.</summary>
    public void SetPlacement(bool on, long now) => _placementUntil = on ? now + Limits.PlacementMs : 0;

    public bool IsPlacement(long now) => now < _placementUntil;

    /// <summary>Lets the light say which node this is, for some seconds.</summary>
    public void Locate(int seconds, long now) => _locateUntil = now + ((long)seconds * 1000);

    public bool IsLocating(long now) => now < _locateUntil;

    /// <summary>Asks for a report before the window is over.</summary>
    public void AskReport() => _isReportAsked = true;

    /// <returns>True once for each time, or several, that a report was asked for. For the sampling thread.</returns>
    public bool TakeReportRequest()
    {
        if (!_isReportAsked)
        {
            return false;
        }

        _isReportAsked = false;
        return true;
    }

    private void AddRssi(LinkReading reading, long at)
    {
        if (reading.IsScanned)
        {
            _rssi.AddScanned(reading.Rssi, at);
        }
        else
        {
            _rssi.Add(reading.Rssi, at);
        }
    }
}
