using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The node does not crash.</summary>
internal sealed class BootsCheck() : Check("boots")
{
    // A node that crashed so recently may be about to do it again.
    private static readonly TimeSpan _fresh = TimeSpan.FromMinutes(15);

    public override Verdict Judge(Evidence evidence)
    {
        if ((evidence.Talk is { Boots: > 1, Birth: { } last } ? last : evidence.Talk?.State) is not { Status: State.Types.Status.Online } state)
        {
            return Verdict.Unknown("the node is not there to tell");
        }

        string words = state.LastWords.Length == 0 ? "" : $", last words: {state.LastWords}";
        string start = $"boot {state.Boots} of its life, started after '{Names.Of(state.ResetCause)}'{words}";
        return state.Mode == Mode.Safe
                ? Verdict.Wrong(
                    $"{evidence.Name} is in safe mode: after three quick crashes it measures nothing for an hour",
                    $"its birth message: {start}",
                    "see why it crashes, on a cable: ./gw monitor; an image that does not belong to the agent is the usual cause")
            : evidence.Talk!.Boots > 1
                ? Verdict.Wrong(
                    $"{evidence.Name} restarts again and again: {evidence.Talk.Boots} boots in {Ago.Of(evidence.Talk.Listened)}",
                    $"its birth messages; the last: {start}",
                    Todo(state.ResetCause))
            : IsCrash(state.ResetCause) && Uptime(evidence) is { } uptime && uptime < _fresh
                ? Verdict.Wrong($"{evidence.Name} has crashed {Ago.Of(uptime)} ago", $"its birth message: {start}", Todo(state.ResetCause))
            : Verdict.Fine(start);
    }

    private static bool IsCrash(ResetCause cause) =>
        cause is ResetCause.Panic or ResetCause.InterruptWatchdog or ResetCause.TaskWatchdog or ResetCause.OtherWatchdog or ResetCause.Brownout;

    private static TimeSpan? Uptime(Evidence evidence) => Latest.Live(evidence) is var (_, report) ? TimeSpan.FromSeconds(report.StartS + report.SpanS) : null;

    private static string Todo(ResetCause cause) => cause == ResetCause.Brownout
        ? "give it a supply of 500 mA or more and a short cable"
        : "see its own words on a cable: ./gw monitor";
}
