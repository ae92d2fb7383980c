using GatewayAgent.Doctor.Log;

namespace GatewayAgent.Doctor.Checks;

/// <summary>Runtime and agent are on the board, and belong together.</summary>
internal sealed class ImageCheck() : LogCheck("image", Stage.Image)
{
    protected override Verdict JudgeRest(Evidence evidence) =>
        evidence.Board?.Lines.Any(line => line.Meaning is { Stage: Stage.Running, Level: LineLevel.Info }) == true
            ? Verdict.Fine("the runtime has loaded the agent")
            : Verdict.Unknown(NoLog(evidence));
}
