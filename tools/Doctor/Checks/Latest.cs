using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The newest sound report of a node: one that came while it was listened to, or the store's.</summary>
internal static class Latest
{
    public static (DateTimeOffset At, Report Report)? Live(Evidence evidence) => evidence.Talk?.Reports
        .Where(one => one.Report is { IsSound: true, Message: { Replayed: false, Part: 0 } })
        .Select(one => ((DateTimeOffset, Report)?)(one.At, one.Report.Message!))
        .LastOrDefault();

    public static (DateTimeOffset At, Report Report)? Stored(Evidence evidence) =>
        evidence.Store?.Status is { Report: { } report, ReceivedAt: { } at } ? (at, report) : null;

    public static (DateTimeOffset At, Report Report)? Report(Evidence evidence) => Live(evidence) ?? Stored(evidence);

    /// <summary>Length of the node's windows, seconds; null = unknown.</summary>
    public static uint? Window(Evidence evidence) =>
        evidence.Talk?.State is { WindowS: > 0 } state ? state.WindowS
        : evidence.Store?.Status?.Birth is { WindowS: > 0 } birth ? birth.WindowS
        : null;
}
