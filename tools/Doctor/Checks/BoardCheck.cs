using GatewayAgent.Doctor.Log;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The chip starts, stays up, and runs something.</summary>
internal sealed class BoardCheck() : LogCheck("board", Stage.Board)
{
    // A board that was reset by hand or by us starts once or twice.
    private const int StartsOfLoop = 3;

    protected override Verdict JudgeRest(Evidence evidence) => evidence.Board switch
    {
        null or { Problem: not null } => Verdict.Unknown(NoLog(evidence)),
        { Starts: >= StartsOfLoop } board => Verdict.Wrong(
            $"the board starts again and again: {board.Starts} times in {Ago.Of(evidence.Request.Listen)}",
            $"the board says on {board.Port}: {board.Lines.First(line => line.Meaning.IsReset).Line}",
            Last(board) is { } last ? $"{last}. Its words: ./gw monitor --port {board.Port}" : $"see what it says before it starts: ./gw monitor --port {board.Port}"),
        { IsAnswered: true } => Verdict.Fine("its runtime answers"),
        { Lines.Count: > 0 } => Verdict.Fine("it speaks"),
        { } board => Verdict.Wrong(
            "the board says nothing, and no runtime answers",
            $"{evidence.Request.Baud} baud on {board.Port}, for {Ago.Of(evidence.Request.Listen)}",
            "press RESET while it is heard; if it stays silent: another cable (some only charge), the board's other USB socket, then ./gw flash"),
    };

    // What the last crash was.
    private static string? Last(Probes.BoardEvidence board) =>
        board.Lines.Where(line => line.Meaning is { Stage: Stage.Running, Level: LineLevel.Error }).Select(line => line.Meaning.Meaning).LastOrDefault();
}
