using GatewayAgent.Hardware;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Gw.Flashing;

/// <summary>What <c>flash</c> would run, as lines for a shell. It looks at no board, and prepares the files that the lines name.</summary>
internal static class DryRun
{
    public static void Print(FlashRequest request, TextWriter output)
    {
        Board board = BoardCatalog.BuiltIn.Find(request.BoardId ?? throw GwException.Usage("--dry-run looks at no board: name it with --board"));
        BoardModule module = BoardCatalog.FindModule(board, request.ModuleId);
        FlashChecks.Inputs(request, ImagesLock.BuiltIn);
        FlashChecks.Module(request, board, module);
        var paths = new FlashPaths(request.Folder, $"dry-run-{board.Id}");
        var plan = new FlashPlan(request, module, NanoffTool.Find(request.Baud) ?? NanoffTool.Named(request.Baud), EsptoolTool.Find(), paths);
        plan.Prepare();
        LockedImage image = ImagesLock.BuiltIn.Find(module.Image);
        output.WriteLine($"# {board.Name} {module.Id}: {module.Image} {image.Version}, the agent at 0x{module.Deployment.Offset:X}");
        output.WriteLine($"# As for a board that does not run {module.Image} yet. One that does, and is given no files, keeps its settings: --nobackupconfig in place of --masserase.");
        foreach (FlashStep step in FlashSteps.All)
        {
            Print(step, plan.Commands(step, image, Fetched(paths, image), paths.NextBackup(), erase: true), output);
        }
    }

    private static void Print(FlashStep step, IReadOnlyList<ToolCommand> commands, TextWriter output)
    {
        if (commands.Count > 0)
        {
            output.WriteLine($"# {(int)step + 1}. {step.Title()}");
            foreach (ToolCommand command in commands)
            {
                output.WriteLine(command.ToShell());
            }
        }
    }

    /// <summary>Of an image that an earlier run has fetched; null = the newest that step 2 fetches.</summary>
    private static string? Fetched(FlashPaths paths, LockedImage image)
    {
        try
        {
            return image.IsPinned ? image.Version : ImagePackage.Find(paths.Archive, image).Version;
        }
        catch (HardwareException)
        {
            return null;
        }
    }
}
