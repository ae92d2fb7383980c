using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// When a window was, in Unix milliseconds. What a node states is believed if it can be true: the window has not ended later than it was
/// received, and not begun before there were such nodes. Other windows are placed by the start of their boot.
/// </summary>
internal static class WindowTime
{
    /// <summary>A better estimate moves reports only when it is better by this much: each move means work.</summary>
    public const long EstimateSlackMs = 30_000;

    public const long HourMs = 3_600_000;

    /// <summary>Clocks of nodes and collectors differ by so much at most.</summary>
    public const long ClockErrorMs = 5 * 60_000;

    /// <summary>2020-01-01: nodes that have not learnt the time count from 1970 or 2000.</summary>
    private const long EarliestMs = 1_577_836_800_000;

    /// <summary>When the boot began as the report states it; null when it does not, or is not believed.</summary>
    public static long? StatedBoot(Report report, long receivedAtMs) =>
        StatedBoot(report.HasBootTime ? report.BootTime : null, report.StartS, report.SpanS, receivedAtMs);

    /// <inheritdoc cref="StatedBoot(Report, long)"/>
    /// <param name="bootTime">Unix seconds.</param>
    /// <param name="startS">Uptime at the window's start.</param>
    /// <param name="spanS">Length of the window.</param>
    public static long? StatedBoot(long? bootTime, long startS, long spanS, long receivedAtMs)
    {
        if (bootTime is not { } stated)
        {
            return null;
        }

        bool isBelieved = (stated + startS) * 1000 >= EarliestMs && (stated + startS + spanS) * 1000 <= receivedAtMs + ClockErrorMs;
        return isBelieved ? stated * 1000 : null;
    }

    /// <summary>When a window began: by the time it states, else by the start of its boot, but so that it had ended when it was received.</summary>
    public static long StartOf(long? bootTime, long startS, long spanS, long receivedAtMs, long bootStartedMs) =>
        (startS * 1000) + (StatedBoot(bootTime, startS, spanS, receivedAtMs) ?? Math.Min(bootStartedMs, receivedAtMs + ClockErrorMs - ((startS + spanS) * 1000)));

    /// <summary>The latest moment at which a boot can have begun whose window was received then.</summary>
    public static long EstimatedBoot(Report report, long receivedAtMs) => receivedAtMs - (((long)report.StartS + report.SpanS) * 1000);

    /// <summary>The hour since 1970 in which a window counts: the one its middle lies in.</summary>
    public static long HourOf(long startMs, long spanS) => Math.DivRem(startMs + (spanS * 500), HourMs).Quotient;

    public static DateTimeOffset Moment(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    public static DateTimeOffset HourStart(long hour) => DateTimeOffset.FromUnixTimeMilliseconds(hour * HourMs);
}
