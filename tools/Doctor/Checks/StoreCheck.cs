using GatewayAgent.Collector.Store;
using GatewayAgent.Doctor.Probes;
using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Checks;

/// <summary>What the node sends is stored, and so acknowledged.</summary>
internal sealed class StoreCheck() : Check("store")
{
    public override Verdict Judge(Evidence evidence) => evidence.Store switch
    {
        null => Verdict.Unknown("give it with --store"),
        { Problem: { } problem } => Verdict.Wrong($"the store cannot be read: {problem}", $"opened {evidence.Request.Store}", "correct --store; a file needs to be readable to you"),
        _ when evidence.Home == null => Verdict.Unknown("no node was named"),
        { Rejected: [var newest, ..] } store when newest.ReceivedAt >= (store.Status?.ReceivedAt ?? default) => Refused(evidence, store, newest),
        { Status: null } store => Missing(evidence, store),
        { } store => Stopped(evidence, store) ?? NotStored(evidence, store) ?? Verdict.Fine(Text(evidence, store.Status!)),
    };

    private static Verdict Refused(Evidence evidence, StoreEvidence store, RejectedPayload newest) => Verdict.Wrong(
        $"the collector keeps {evidence.Name}'s messages aside: {newest.Reason}",
        $"{store.Rejected.Count} of them; the newest of {Ago.Clock(newest.ReceivedAt)}, on {newest.Topic}",
        "flash an agent of the same version as the collector (./gw flash), or update the collector; the payload is in the store");

    private static Verdict Missing(Evidence evidence, StoreEvidence store)
    {
        string? near = store.Home.Select(one => one.Node).FirstOrDefault(node => Spelling.IsNear(node, evidence.Node!));
        return Verdict.Wrong(
            $"the store knows no node {evidence.Name}{(near == null ? "" : $", but {evidence.Home}/{near}")}",
            evidence.IsOnline ? "the broker holds it for connected, and nothing of it was ever stored" : store.Home.Count == 0 ? $"nothing of home {evidence.Home} was ever stored" : "others of its home are there",
            "see that the collector subscribes at the node's broker and may read its branch, and that this is its store");
    }

    // The node is there, but nothing of anybody is stored any more.
    private static Verdict? Stopped(Evidence evidence, StoreEvidence store)
    {
        uint window = Latest.Window(evidence) ?? Limits.WindowDefaultSeconds;
        return evidence.IsOnline && store.Newest is { } newest && evidence.Now - newest > TimeSpan.FromSeconds(3 * window) && ReportsCheck.HasStopped(evidence)
            ? Verdict.Wrong(
                $"the collector has stored nothing of anybody for {Ago.Of(evidence.Now - newest)}",
                $"the newest of all homes looked at is of {Ago.Clock(newest)}, and the node is at the broker",
                "see that the collector runs, is connected, and can write: --collector URL asks it")
            : null;
    }

    // It came to the broker, and to no further.
    private static Verdict? NotStored(Evidence evidence, StoreEvidence store) => Latest.Live(evidence) is var (at, report) && !store.Has(at, report)
        ? Verdict.Wrong(
            $"report {report.Sequence} came to the broker, and the store does not get it",
            $"it was heard there; {Text(evidence, store.Status!)}",
            "see that the collector runs, is connected to this very broker, and may read the node's branch: --collector asks it; others of its nodes may be stored all the same")
        : null;

    private static string Text(Evidence evidence, NodeStatus status) => status is { Report: { } report, ReceivedAt: { } at }
        ? $"stored up to report {report.Sequence} of boot {report.BootId:x8}, {Ago.Of(evidence.Now - at)} ago; what is stored is acknowledged"
        : $"knows the node; no report of it yet ({(status.Status == State.Types.Status.Online ? "online" : "offline")})";
}
