using GatewayAgent.Ports;
using GatewayAgent.Sampling;
using GatewayAgent.Statistics;

namespace GatewayAgent.Reporting;

/// <summary>
/// All that is measured between two reports: fixed statistics, no samples. One instance lives as long as the agent and is cleared when
/// a window closes. Belongs to the sampling thread; the merger has one of its own.
/// </summary>
public sealed class Window
{
    private const int Unknown = -1;

    public Window()
        : this(Limits.ChannelRecordBytes)
    {
    }

    /// <param name="channelBytes">Room for each channel: of a native record, or of a row when no radio writes into it.</param>
    internal Window(int channelBytes)
    {
        Channels = new byte[Limits.Channels * channelBytes];
    }

    /// <summary>Start, whole seconds of uptime.</summary>
    public long StartSeconds { get; internal set; }

    public LinkStatistics Link { get; } = new LinkStatistics();

    public ClientStatistics Clients { get; } = new ClientStatistics();

    public LatencyStatistics Gateway { get; } = new LatencyStatistics();

    public LatencyStatistics Broker { get; } = new LatencyStatistics();

    /// <summary>A <see cref="ChannelRow"/> for each channel, in ascending order; filled when the window closes.</summary>
    public byte[] Channels { get; }

    /// <summary>Rows in <see cref="Channels"/>, or a negative <see cref="RadioStatus"/>: not measured.</summary>
    public int ChannelCount { get; internal set; }

    public RadioDiscards Discards { get; } = new RadioDiscards();

    /// <summary>Least free heap seen, KiB; −1 = unknown.</summary>
    public int ManagedFreeKib { get; private set; } = Unknown;

    public int NativeFreeKib { get; private set; } = Unknown;

    /// <summary>Milliseconds of visits to foreign channels begun in this window.</summary>
    public uint OffChannelMs { get; set; }

    /// <summary>Takes what the radio knows of the channels, and makes rows of its records in place.</summary>
    public void TakeChannels(IRadio radio)
    {
        ChannelCount = radio.TakeChannels(Channels);
        for (int i = 0; i < ChannelCount; i++)
        {
            ChannelRow.FromNative(Channels, i * Limits.ChannelRecordBytes, i * Limits.ChannelRowBytes);
        }
    }

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
