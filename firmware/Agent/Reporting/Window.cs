using GatewayAgent.Sampling;
using GatewayAgent.Statistics;

namespace GatewayAgent.Reporting;

/// <summary>
/// All that is measured between two reports: fixed statistics, no samples. One instance lives as long as the agent and is cleared when
/// a window closes. Belongs to the sampling thread.
/// </summary>
public sealed class Window
{
    private const int Unknown = -1;

    /// <summary>Start, whole seconds of uptime.</summary>
    public long StartSeconds { get; private set; }

    public LinkStatistics Link { get; } = new LinkStatistics();

    public ClientStatistics Clients { get; } = new ClientStatistics();

    public LatencyStatistics Gateway { get; } = new LatencyStatistics();

    public LatencyStatistics Broker { get; } = new LatencyStatistics();

    /// <summary>Native channel records, filled when the window closes.</summary>
    public byte[] ChannelRecords { get; } = new byte[Limits.Channels * Limits.ChannelRecordBytes];

    /// <summary>Records in <see cref="ChannelRecords"/>, or a negative <see cref="Ports.RadioStatus"/>: not measured.</summary>
    public int ChannelCount { get; set; }

    public RadioDiscards Discards { get; } = new RadioDiscards();

    /// <summary>Least free heap seen, KiB; −1 = unknown.</summary>
    public int ManagedFreeKib { get; private set; } = Unknown;

    public int NativeFreeKib { get; private set; } = Unknown;

    /// <summary>Milliseconds of visits to foreign channels begun in this window.</summary>
    public int OffChannelMs { get; set; }

    /// <summary>Keeps the least free heap of the window.</summary>
    public void AddHealth(int managedFreeKib, int nativeFreeKib)
    {
        ManagedFreeKib = Least(ManagedFreeKib, managedFreeKib);
        NativeFreeKib = Least(NativeFreeKib, nativeFreeKib);
    }

    /// <summary>Begins the next window.</summary>
    public void Restart(long startSeconds)
    {
        StartSeconds = startSeconds;
        Link.Clear();
        Clients.Clear();
        Gateway.Clear();
        Broker.Clear();
        ChannelCount = 0;
        Discards.Clear();
        ManagedFreeKib = Unknown;
        NativeFreeKib = Unknown;
        OffChannelMs = 0;
    }

    private static int Least(int before, int now)
    {
        if (before < 0)
        {
            return now;
        }

        return now >= 0 && now < before ? now : before;
    }
}
