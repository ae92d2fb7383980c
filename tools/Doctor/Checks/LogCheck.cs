using GatewayAgent.Doctor.Log;

namespace GatewayAgent.Doctor.Checks;

/// <summary>A check that also takes the board's own word for its stage, which goes before what is seen from here.</summary>
internal abstract class LogCheck(string name, Stage stage) : Check(name)
{
    public sealed override Verdict Judge(Evidence evidence)
    {
        // What the log says of the way to the broker is over once the broker holds the node for connected.
        bool isOver = stage >= Stage.Wifi && stage <= Stage.Access && evidence.IsOnline;
        return !isOver && evidence.Board?.Problems(stage) is var (line, meaning) ? OfLine(evidence, line, meaning) : JudgeRest(evidence);
    }

    protected abstract Verdict JudgeRest(Evidence evidence);

    private static Verdict OfLine(Evidence evidence, string line, LineMeaning meaning) =>
        Verdict.Wrong(meaning.Meaning.Length > 0 ? meaning.Meaning : line, $"the board says on {evidence.Board!.Port}: {line}", meaning.Todo ?? "see docs/troubleshooting.md");

    /// <summary>Why a check that needs the board's word has none.</summary>
    protected static string NoLog(Evidence evidence) => evidence.Board switch
    {
        null => "no board on a cable: give --port",
        { Problem: not null } => "the serial port cannot be used",
        { IsAnswered: false, Lines.Count: 0 } => "the board said nothing",
        _ => "the board said nothing of it while it was heard; what it says at its start says most: --restart",
    };
}
