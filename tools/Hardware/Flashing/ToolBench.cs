using System.Globalization;
using System.Text.RegularExpressions;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>Runs the tools of a step, shows how far they are, and turns what they end with into words.</summary>
internal sealed partial class ToolBench(IFlashView view, TimeSpan pause)
{
    /// <summary>Reading 32 MB at the slowest rate takes under an hour.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromHours(1);

    /// <summary>A board takes a few seconds to start.</summary>
    private const int Attempts = 5;

    /// <exception cref="HardwareException">nanoff failed.</exception>
    public ToolResult Nanoff(ToolCommand command, bool isWriting, CancellationToken stop)
    {
        ToolResult result = Run(command, isWriting, stop);
        return result.ExitCode == 0 ? result : throw new HardwareException(NanoffErrors.Explain(result));
    }

    /// <summary>Asks again while the board starts.</summary>
    /// <exception cref="HardwareException">It failed each time.</exception>
    public ToolResult NanoffWhenReady(ToolCommand command, CancellationToken stop)
    {
        ToolResult result = AskWhenReady(command, stop);
        return result.ExitCode == 0 ? result : throw new HardwareException(NanoffErrors.Explain(result));
    }

    /// <summary>As <see cref="NanoffWhenReady"/>; null when it failed each time.</summary>
    public ToolResult? TryNanoffWhenReady(ToolCommand command, CancellationToken stop) => AskWhenReady(command, stop) is { ExitCode: 0 } result ? result : null;

    /// <exception cref="HardwareException">esptool failed.</exception>
    public ToolResult Esptool(ToolCommand command, CancellationToken stop)
    {
        ToolResult result = Run(command, isWriting: false, stop);
        return result.ExitCode == 0 ? result : throw new HardwareException($"esptool: {result.Lines.LastOrDefault(line => line.Trim().Length > 0) ?? $"exit code {result.ExitCode}"}");
    }

    private ToolResult AskWhenReady(ToolCommand command, CancellationToken stop)
    {
        ToolResult result = Run(command, isWriting: false, stop);
        for (int attempt = 1; attempt < Attempts && result.ExitCode != 0; attempt++)
        {
            stop.WaitHandle.WaitOne(pause);
            stop.ThrowIfCancellationRequested();
            result = Run(command, isWriting: false, stop);
        }

        return result;
    }

    private ToolResult Run(ToolCommand command, bool isWriting, CancellationToken stop)
    {
        view.Run(command);
        return ToolProcess.Run(command, Show, isWriting, _patience, stop);
    }

    private void Show(string line)
    {
        if (Percents().Match(line) is { Success: true } percent)
        {
            view.Progress(double.Parse(percent.Groups["percent"].Value.Replace(',', '.'), CultureInfo.InvariantCulture));
        }
    }

    // nanoff writes numbers as the user's country does.
    [GeneratedRegex(@"(?<percent>[0-9]{1,3}([.,][0-9]+)?)\s?%")]
    private static partial Regex Percents();
}
