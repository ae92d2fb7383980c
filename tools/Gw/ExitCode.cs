namespace GatewayAgent.Gw;

/// <summary>What the process ends with; every help page says so too.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The command ran and found a problem: a report lost, a payload that is not sound.</summary>
    public const int Problem = 1;

    /// <summary>What was typed or what a file holds cannot be used.</summary>
    public const int Usage = 2;

    /// <summary>A program or library is not installed.</summary>
    public const int Missing = 3;

    /// <summary>Stopped by Ctrl-C or SIGTERM before the work was done: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;
}
