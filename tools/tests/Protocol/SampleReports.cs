using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Protocol;

/// <summary>Reports to start from; each call makes a new one.</summary>
internal static class SampleReports
{
    /// <summary>A sound report with every group, for tests that change one thing.</summary>
    public static Report Full() => new()
    {
        BootId = 0x1A2B3C4D,
        Sequence = 12,
        Merged = 2,
        StartS = 3_000,
        SpanS = 900,
        BootTime = 1_790_000_000,
        Backlog = 1,
        Replayed = true,
        Link = new Link { AgeS = 40, RssiHistogram = { 20, 5, 10, 5 }, Channel = 6, Disconnects = 1, LastReason = 8, SamplesWithoutRssi = 3 },
        Clients = new Clients { Samples = 4, CountSum = 10, CountMin = 2, CountMax = 3, RssiHistogram = { 15, 9 }, RssiUnknown = 1 },
        Latency = new Latency { GatewayHistogram = { 1, 6, 3, 1 }, GatewayFailures = 1, BrokerHistogram = { 4, 1 } },
        Health = new Health { ManagedFreeKib = 61, NativeFreeKib = 88, ResetCause = ResetCause.TaskWatchdog, OffChannelMs = 9_000, SentBytes = 140 },
        Survey = new Survey
        {
            Quiet2G = (1 << 1) | (1 << 11),
            Quiet5G = 1 << 1,
            QuietDwellCs = { 72, 36 },
            Heard = { 6, 29_000, 4, 41, 9_800, 1_240, 4_100, 10, 374, 12, 131, 9, 8, 0, 0, 0, 0, 7, 8, 0 },
            FcsErrors = 2,
        },
        Losses = new Losses { Reports = 1, ReportSeconds = 300 },
    };

    /// <summary>As little as a report can say.</summary>
    public static Report Bare() => new() { BootId = 1, Sequence = 1, SpanS = 300 };
}
