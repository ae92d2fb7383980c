namespace GatewayAgent.Gw;

/// <summary>Ends the command: one line for the person who typed it, and what to do next.</summary>
internal sealed class GwException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>What was typed, or what a file holds, cannot be used.</summary>
    public static GwException Usage(string message) => new(Gw.ExitCode.Usage, message);
}
