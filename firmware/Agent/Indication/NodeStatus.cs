using GatewayAgent.Sampling;

namespace GatewayAgent.Indication;

/// <summary>
/// What there is to see of a node, and what people at it ask for. Every thread writes its part; no call blocks longer than the short lock,
/// and none allocates.
/// </summary>
public sealed class NodeStatus
{
    private readonly object _gate = new object();
    private readonly RecentRssi _rssi = new RecentRssi();
    private long _placementUntil;
    private long _locateUntil;
    private bool _reportAsked;

    /// <summary>Connected to the broker.</summary>
    public bool IsOnline { get; private set; }

    /// <summary>Reports that wait for an acknowledgement.</summary>
    public int Waiting { get; private set; }

    /// <summary>So many reports wait that somebody should look.</summary>
    public bool IsBacklogged => Waiting >= Limits.BacklogReports;

    /// <summary>The last configuration was taken back.</summary>
    public bool IsRolledBack { get; set; }

    public bool IsSafeMode { get; set; }

    public bool IsNotProvisioned { get; set; }

    /// <summary>True once anything was heard of the link; stock images take their time.</summary>
    public bool IsLinkKnown { get; private set; }

    /// <summary>Associated with an access point, as of the last reading.</summary>
    public bool IsLinkUp { get; private set; }

    /// <summary>Takes a reading of the uplink; called from the sampling thread.</summary>
    /// <param name="now">Uptime, ms.</param>
    public void NoteLink(LinkReading reading, long now)
    {
        lock (_gate)
        {
            IsLinkKnown = true;
            IsLinkUp = reading.Connected;
            if (reading.Connected)
            {
                _rssi.Add(reading.Rssi, now - (reading.AgeSeconds * 1000));
            }
            else
            {
                _rssi.Clear();
            }
        }
    }

    /// <summary>Takes how far the reports get; called from the uplink thread.</summary>
    public void NoteUplink(bool isOnline, int waiting)
    {
        IsOnline = isOnline;
        Waiting = waiting;
    }

    /// <returns>Median RSSI of the last five seconds, dBm, or <see cref="LinkReading.RssiUnknown"/>.</returns>
    public int LiveRssi(long now)
    {
        lock (_gate)
        {
            return _rssi.Median(now);
        }
    }

    /// <summary>Turns placement mode on, for half an hour, or off.</summary>
    public void SetPlacement(bool on, long now)
    {
        lock (_gate)
        {
            _placementUntil = on ? now + Limits.PlacementMs : 0;
        }
    }

    public bool IsPlacement(long now)
    {
        lock (_gate)
        {
            return now < _placementUntil;
        }
    }

    /// <summary>Lets the light say which node this is, for some seconds.</summary>
    public void Locate(int seconds, long now)
    {
        lock (_gate)
        {
            _locateUntil = now + ((long)seconds * 1000);
        }
    }

    public bool IsLocating(long now)
    {
        lock (_gate)
        {
            return now < _locateUntil;
        }
    }

    /// <summary>Asks for a report before the window is over.</summary>
    public void AskReport()
    {
        lock (_gate)
        {
            _reportAsked = true;
        }
    }

    /// <returns>True once for each time, or several, that a report was asked for.</returns>
    public bool TakeReportRequest()
    {
        lock (_gate)
        {
            bool asked = _reportAsked;
            _reportAsked = false;
            return asked;
        }
    }
}
