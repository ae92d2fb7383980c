
namespace GatewayAgent.Doctor.Checks;

/// <summary>The node keeps what it measures until somebody has it.</summary>
internal sealed class LossesCheck() : Check("losses")
{
    public override Verdict Judge(Evidence evidence) => Latest.Report(evidence)?.Report switch
    {
        null => Verdict.Unknown("they are told in reports, and there is none"),
        { Losses: { Reports: > 0 } losses } => Verdict.Wrong(
            $"{evidence.Name} has lost {losses.Reports} reports ({losses.ReportSeconds} s) since its start",
            "it says so in its newest report: there was no room for them",
            "its flash is full or worn, or the broker was away for longer than it can bridge: see 'flash' here, and 'boot record' in ./gw monitor"),
        { } report => Verdict.Fine(report.Backlog == 0 ? "none, and nothing waits on the node" : $"none; {report.Backlog} reports wait on the node for their acknowledgement"),
    };
}
