using GatewayAgent.Doctor.Log;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The node can write what must outlive a restart.</summary>
internal sealed class FlashCheck() : LogCheck("flash", Stage.Flash)
{
    protected override Verdict JudgeRest(Evidence evidence) => evidence.Talk?.Config switch
    {
        { IsGood: false, Reason: { } reason } when reason.Contains("flash", StringComparison.OrdinalIgnoreCase) => Verdict.Wrong(
            "the node cannot write to its flash: it is full or worn",
            $"it says so of its configuration (config/state): {reason}",
            "erase it and provision it anew (./gw flash --help); replace a worn module"),
        _ => Verdict.Unknown(NoLog(evidence)),
    };
}
