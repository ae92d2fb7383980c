using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Checks;

/// <summary>Reports come as often as they should.</summary>
internal sealed class ReportsCheck() : Check("reports")
{
    // A window, the uplink's turn, and one that was put off.
    private const int LateWindows = 3;

    public override Verdict Judge(Evidence evidence)
    {
        if (evidence.Talk?.Reports.FirstOrDefault(one => !one.Report.IsSound) is { Report: { } bad })
        {
            return Verdict.Wrong("the node sends reports that are not sound", bad.Reason, "flash an agent of the same version as these tools (./gw flash); keep the payload and report it");
        }

        if (evidence.Talk?.Answer is { IsGood: false } refusal)
        {
            return Verdict.Wrong($"the node does not report when asked: {refusal.Reason ?? refusal.Status}", $"cmd/result: {refusal}", "expired: see its clock; otherwise its reason says what to do");
        }

        return Latest.Live(evidence) is var (_, report)
            ? Verdict.Fine($"number {report.Sequence} of boot {report.BootId:x8} came while it was listened to")
            : Unheard(evidence);
    }

    private static Verdict Unheard(Evidence evidence)
    {
        if (evidence.Request.Ask && evidence.Talk is { IsCommandRefused: false, State.Status: State.Types.Status.Online, Answer: null } silent)
        {
            return Verdict.Wrong(
                "the node is held for connected, and does not answer",
                $"asked for a report, and nothing came in {Ago.Of(silent.Listened)}",
                "it hangs, or its connection is dead and the broker has not noticed yet: wait two minutes and look again, then restart it");
        }

        return evidence.Store is { Problem: null, Status: { } status } ? OfStore(evidence, status) : Verdict.Unknown(
            $"none came in {Ago.Of(evidence.Talk?.Listened ?? default)}{(Latest.Window(evidence) is { } window ? $", and its windows are {window} s long" : "")}: --ask has it report now, --store knows when the last one came");
    }

    private static Verdict OfStore(Evidence evidence, NodeStatus status)
    {
        if (status.ReceivedAt is not { } last)
        {
            return evidence.Store!.Rejected.Count > 0
                ? Verdict.Unknown("the store has refused what came of it")
                : Verdict.Wrong("the store has no report of the node", "it knows only its state", "wait for the end of its first window, or have it report now: --ask");
        }

        TimeSpan age = evidence.Now - last;
        uint window = Latest.Window(evidence) ?? Limits.WindowDefaultSeconds;
        return age.TotalSeconds <= LateWindows * window ? Verdict.Fine($"the last was stored {Ago.Of(age)} ago, windows are {window} s long")
            : evidence.Store!.Rejected.Any(one => one.ReceivedAt > last) ? Verdict.Unknown("the store refuses what comes of it")
            : HasStopped(evidence) ? Verdict.Unknown("the store gets nothing of anybody")
            : Verdict.Wrong(
                $"{evidence.Name} has sent no report for {Ago.Of(age)}",
                $"the store's last one is of {Ago.Clock(last)}, others came since; its windows are {window} s long",
                "ask it (--ask). Offline or hanging, look at it on a cable: ./gw doctor --port PORT --restart");
    }

    /// <summary>Nothing of any home came since the node's last report, or the store's collector does not work.</summary>
    internal static bool HasStopped(Evidence evidence) =>
        evidence.Collector is { Problem: not null } or { Problems.Count: > 0 }
        || (evidence.Store is { Newest: { } newest } && evidence.Store.Status?.ReceivedAt >= newest && evidence.Talk?.State is { Status: State.Types.Status.Online });
}
