using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The node's clock agrees with this machine's.</summary>
internal sealed class ClockCheck() : Check("clock")
{
    // A report's way may take seconds; what is measured in minutes is a clock that was never set or never corrected.
    internal const int MostSeconds = 120;

    public override Verdict Judge(Evidence evidence)
    {
        if ((Latest.Live(evidence) ?? Stored(evidence)) is not var (at, report))
        {
            return evidence.Talk?.State is { Status: State.Types.Status.Online, HasBootTime: true } birth && birth.BootTime > evidence.Now.ToUnixTimeSeconds() + MostSeconds
                ? Wrong(evidence, TimeSpan.FromSeconds(birth.BootTime - evidence.Now.ToUnixTimeSeconds()), "its birth message states a start in the future")
                : Verdict.Unknown("it shows in a report that is not replayed: --ask, or --store");
        }

        if (!report.HasBootTime)
        {
            return Verdict.Unknown("the node does not know the time yet, so its reports go by uptime");
        }

        long end = (long)report.BootTime + report.StartS + report.SpanS;
        var off = TimeSpan.FromSeconds(end - at.ToUnixTimeSeconds());
        return off.Duration().TotalSeconds > MostSeconds
            ? Wrong(evidence, off, $"a window that closed when its report came, {Ago.Clock(at)}, ended at {Ago.Clock(DateTimeOffset.FromUnixTimeSeconds(end))} by the node's clock")
            : Verdict.Fine($"the node's differs by {Ago.Of(off.Duration())} at most");
    }

    // One that waited on the node is older than it looks, and says so.
    private static (DateTimeOffset At, Report Report)? Stored(Evidence evidence) =>
        Latest.Stored(evidence) is var (at, report) && !report.Replayed && report.Merged == 0 && report.Backlog == 0 ? (at, report) : null;

    private static Verdict Wrong(Evidence evidence, TimeSpan off, string known) => Verdict.Wrong(
        $"{evidence.Name}'s clock is {Ago.Of(off.Duration())} {(off > TimeSpan.Zero ? "fast" : "slow")}",
        known,
        "see ntpServer in agent.json, and that UDP port 123 is open from the home; with a wrong clock TLS fails sooner or later");
}
