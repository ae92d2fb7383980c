namespace GatewayAgent.Doctor.Checks;

/// <summary>The cable and the port on this machine.</summary>
internal sealed class PortCheck() : Check("serial port")
{
    public override Verdict Judge(Evidence evidence) => evidence.Board switch
    {
        null => Verdict.Unknown("no board on a cable: give --port"),
        { Problem: { } problem } board => Wrong(board.Port, problem),
        { Damaged: > 0 } board => Verdict.Wrong(
            $"{board.Damaged} packets came damaged over {board.Port}", "their check sums", "take a shorter cable, a port without a hub, or --baud 115200 where the image speaks that"),
        { } board => Verdict.Fine($"{board.Port} is there, ours to use, and free"),
    };

    // The port's own words are "PATH: what. What to do".
    private static Verdict Wrong(string port, string problem)
    {
        string words = problem.StartsWith(port + ": ", StringComparison.Ordinal) ? problem[(port.Length + 2)..] : problem;
        int end = words.IndexOf(". ", StringComparison.Ordinal);
        return Verdict.Wrong(
            $"{port}: {(end < 0 ? words : words[..end])}", "it was opened as a serial monitor does", end < 0 ? "close whatever else uses the port, or name another one" : words[(end + 2)..]);
    }
}
