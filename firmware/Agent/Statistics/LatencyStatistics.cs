namespace GatewayAgent.Statistics;

/// <summary>Round trips to one target.</summary>
public sealed class LatencyStatistics
{
    public Histogram Milliseconds { get; } = new Histogram(Limits.LatencyBins);

    public uint Failures { get; internal set; }

    /// <summary>True when something was tried in this window.</summary>
    public bool IsMeasured { get; internal set; }

    /// <param name="milliseconds">The round trip, or −1 when there was no answer.</param>
    public void Add(int milliseconds)
    {
        IsMeasured = true;
        if (milliseconds < 0)
        {
            Failures++;
        }
        else
        {
            Milliseconds.Add(LatencyBins.Of(milliseconds));
        }
    }

    public void Clear()
    {
        Milliseconds.Clear();
        Failures = 0;
        IsMeasured = false;
    }
}
