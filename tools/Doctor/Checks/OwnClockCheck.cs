namespace GatewayAgent.Doctor.Checks;

/// <summary>This machine's clock, by which certificates and reports are judged.</summary>
internal sealed class OwnClockCheck() : Check("own clock")
{
    public override Verdict Judge(Evidence evidence) => (evidence.Collector?.Date, evidence.Store?.Newest) switch
    {
        ({ } theirs, _) when Off(evidence, theirs).Duration().TotalSeconds > ClockCheck.MostSeconds => Verdict.Wrong(
            $"this machine's clock and the collector's differ by {Ago.Of(Off(evidence, theirs).Duration())}",
            $"here {Ago.Clock(evidence.Now)}, there {Ago.Clock(theirs)}",
            "set both by NTP, and look again: what is said of certificates and of the age of reports goes by them"),
        (_, { } newest) when Off(evidence, newest).TotalSeconds < -ClockCheck.MostSeconds => Verdict.Wrong(
            $"this machine's clock is {Ago.Of(Off(evidence, newest).Duration())} behind the store",
            $"here {Ago.Clock(evidence.Now)}; something was stored at {Ago.Clock(newest)}",
            "set this machine's clock by NTP, and that of the collector, and look again"),
        (null, null) => Verdict.Unknown("it shows beside the collector's: --collector, or --store"),
        (null, _) => Verdict.Fine("nothing in the store is later than now"),
        _ => Verdict.Fine("it agrees with the collector's"),
    };

    private static TimeSpan Off(Evidence evidence, DateTimeOffset theirs) => evidence.Now - theirs;
}
