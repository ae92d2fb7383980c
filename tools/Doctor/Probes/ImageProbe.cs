using GatewayAgent.Hardware;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Doctor.Probes;

/// <summary>Asks the board's runtime, by nanoff, which image it is and what it has loaded.</summary>
internal static class ImageProbe
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    /// <param name="board">What was heard at its port, which must be free again.</param>
    public static ImageEvidence? Look(DoctorRequest request, BoardEvidence? board, CancellationToken cancel)
    {
        // Without an answer to us there is none for nanoff, which would wait long.
        if (board is not { Problem: null, IsAnswered: true })
        {
            return null;
        }

        NanoffTool? nanoff = request.Nanoff == null ? NanoffTool.Find() : new NanoffTool(request.Nanoff);
        if (nanoff == null)
        {
            return new ImageEvidence(true, null, null);
        }

        try
        {
            ToolResult result = ToolProcess.Run(nanoff.RuntimeDetails(board.Port), _ => { }, isShielded: false, _patience, cancel);
            RuntimeDetails? runtime = RuntimeDetails.FromNanoff(result.Lines);
            return new ImageEvidence(false, runtime == null ? $"nanoff ended with {result.ExitCode}: {result.Lines.LastOrDefault() ?? "no word"}" : null, runtime);
        }
        catch (HardwareException e)
        {
            return new ImageEvidence(false, e.Message, null);
        }
    }
}
