using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>The commands of each step, as they are run and as a dry run shows them.</summary>
/// <param name="Request">What is to be flashed.</param>
/// <param name="Module">Onto which module.</param>
/// <param name="Nanoff">Runs all but the second opinions.</param>
/// <param name="Esptool">Null = not installed.</param>
/// <param name="Paths">Where the files of this board are.</param>
public sealed record FlashPlan(FlashRequest Request, BoardModule Module, NanoffTool Nanoff, EsptoolTool? Esptool, FlashPaths Paths)
{
    /// <summary>Erased flash over the first assembly. The runtime passes over it; of the rest, nothing starts that refers to what is gone.</summary>
    private const int EmptyBytes = 0x1000;

    /// <param name="step">Of a dry run: one of them.</param>
    /// <param name="image">What the lock says of the image.</param>
    /// <param name="version">Of the image; null = the newest that was fetched.</param>
    /// <param name="backup">File name of the backup.</param>
    /// <param name="erase">Whether the whole flash is erased before.</param>
    public IReadOnlyList<ToolCommand> Commands(FlashStep step, LockedImage image, string? version, string backup, bool erase) => step switch
    {
        FlashStep.Board => [Nanoff.ChipDetails(Request.Port), .. Esptool == null ? [] : new[] { Esptool.FlashId(Request.Port) }, Nanoff.RuntimeDetails(Request.Port)],
        FlashStep.Image => [Nanoff.Fetch(Module.Image, image.IsPinned ? image.Version : null, Paths.Archive)],
        FlashStep.Backup => [Nanoff.Backup(Request.Port, Paths.Folder, backup)],
        FlashStep.OldAgent => [Nanoff.Deploy(Request.Port, Module.Image, Paths.Empty, Module.Deployment.Offset)],
        FlashStep.Runtime => [Nanoff.Update(Request.Port, Module.Image, version, Paths.Archive, Request.Runtime, erase)],
        FlashStep.RuntimeCheck => [Nanoff.RuntimeDetails(Request.Port)],
        FlashStep.Files when Request.Files != null => [Nanoff.DeployFiles(Request.Port, Request.Files)],
        FlashStep.Network when Request.Network != null => [Nanoff.DeployNetwork(Request.Port, Request.Network)],
        FlashStep.Agent => [Nanoff.Deploy(Request.Port, Module.Image, Paths.Agent, Module.Deployment.Offset)],
        FlashStep.AgentCheck => [.. Esptool == null ? [] : new[] { Esptool.Verify(Request.Port, Module.Deployment.Offset, Paths.Agent) }, Nanoff.RuntimeDetails(Request.Port)],
        _ => [],
    };

    /// <summary>Makes the folders, and the files that go to flash.</summary>
    public void Prepare()
    {
        PrivateFolder.Make(Paths.Folder);
        Directory.CreateDirectory(Paths.Archive);
        File.WriteAllBytes(Paths.Agent, Request.Image.Fill(Module.Deployment.Size));
        File.WriteAllBytes(Paths.Empty, [.. Enumerable.Repeat((byte)0xFF, EmptyBytes)]);
    }
}

/// <summary>Files of one board's flashing.</summary>
/// <param name="Root">Folder of all boards.</param>
/// <param name="Mac">Of this one.</param>
public sealed record FlashPaths(string Root, string Mac)
{
    /// <summary>Backup and state.</summary>
    public string Folder => Path.Combine(Root, Mac);

    /// <summary>Published images, for all boards.</summary>
    public string Archive => Path.Combine(Root, "images");

    /// <summary>The agent, filled up to the whole partition.</summary>
    public string Agent => Path.Combine(Folder, "agent.bin");

    public string Empty => Path.Combine(Folder, "empty.bin");

    /// <summary>A name that no backup has yet: none is ever overwritten.</summary>
    public string NextBackup() => Enumerable.Range(1, int.MaxValue).Select(number => $"backup-{number}.bin").First(name => !File.Exists(Path.Combine(Folder, name)));
}
