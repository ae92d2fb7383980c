namespace GatewayAgent.Survival;

/// <summary>
/// Which ends of a boot are crashes, and how many of them start safe mode. Only a quick end counts, one within <see cref="Limits.SettleMs"/>
/// of the start. Where the chip tells why it restarted, a panic, a watchdog and a restart by software count in full; power, brown-out, reset
/// button and sleep do not count at all: a customer who switches the socket off is no crash. Stock images do not tell. There an end counts
/// in full when the boot left words of a fault, and for a third when it left none: three faults of ours start safe mode, and so do
/// nine silent ends in a row, which a loop of native crashes reaches in minutes and a hand at the socket does not.
/// </summary>
public static class CrashPolicy
{
    /// <summary>Points of a crash, of an end that may have been one, and of the start of safe mode: three crashes.</summary>
    public const int Crash = 3, Doubtful = 1, SafeMode = 3 * Crash;

    /// <summary>Points with which the boot after safe mode starts: one more crash leads back.</summary>
    public const int AfterSafeMode = SafeMode - Crash;

    private const int Unknown = 0, Software = 3, OtherWatchdog = 7;

    /// <param name="resetCause"><c>ResetCause</c> of agent.proto, as the boot after it reads it.</param>
    /// <param name="leftWords">The boot told of a fault before it ended.</param>
    /// <returns>What a quick end without a clean mark adds.</returns>
    public static int PointsOf(int resetCause, bool leftWords)
    {
        if (resetCause == Unknown)
        {
            return leftWords ? Crash : Doubtful;
        }

        // Software, panic and the three watchdogs stand side by side.
        return resetCause >= Software && resetCause <= OtherWatchdog ? Crash : 0;
    }
}
