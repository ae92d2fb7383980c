using GatewayAgent.Doctor.Log;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The agent runs, and stays alive, as its log tells.</summary>
internal sealed class ProgramCheck() : LogCheck("agent", Stage.Running)
{
    protected override Verdict JudgeRest(Evidence evidence) =>
        evidence.Board?.Lines.FirstOrDefault(line => line.Meaning is { Stage: Stage.Running, Level: LineLevel.Info }) is { Line: { } line }
            ? Verdict.Fine($"it runs: {line}")
            : Verdict.Unknown(NoLog(evidence));
}
