namespace GatewayAgent.Gw;

/// <summary>Answers of whoever sits at the terminal.</summary>
internal static class TerminalInput
{
    /// <summary>A line of standard input; null at its end.</summary>
    /// <exception cref="OperationCanceledException">Stopped, without waiting for a line.</exception>
    public static string? ReadLine(CancellationToken stop)
    {
        return Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(stop).GetAwaiter().GetResult();
    }
}
