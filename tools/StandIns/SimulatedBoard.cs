using System.IO.Compression;
using System.Text;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.StandIns;

/// <summary>
/// A board that is a folder, below the tools: stand-ins of nanoff and esptool print what the real ones print, and write to <c>board</c> what those
/// write to flash. <c>images</c> is what they find published.
/// </summary>
public sealed class SimulatedBoard
{
    private const string Mac = "60:55:F9:00:11:22";

    private readonly string _root;

    /// <param name="root">Its folder, made when missing. What is on the board stays.</param>
    /// <param name="board">What kind of board.</param>
    /// <param name="module">With which module.</param>
    public SimulatedBoard(string root, Board board, BoardModule module)
    {
        (_root, Board, Module) = (root, board, module);
        Directory.CreateDirectory(Files);
        Directory.CreateDirectory(At("images"));
        string chip = board.Chip.Type, revision = board.Chip.LeastRevision;
        Put("chip.txt", $"{chip} ({chip}-D0 (QFN32) (revision v{revision}))\nFeatures Wi-Fi, BT 5 (LE)\n"
            + $"Flash size {module.FlashMegabytes}MB unknown from  (manufacturer 0x20 device 0x4016)\nPSRAM: {(module.Psram == null ? "not available" : "undetermined")}\nCrystal 40MHz\nMAC {Mac}\n");
        Put("esptool.txt", $"Detecting chip type... {chip}\nChip is {chip} (QFN32) (revision v{revision})\nMAC: {Mac.ToLowerInvariant()}\nManufacturer: 20\nDevice: 4016\nDetected flash size: {module.FlashMegabytes}MB\n");
        Put("flash-bytes", $"{module.FlashMegabytes << 20}");
    }

    public Board Board { get; }

    public BoardModule Module { get; }

    /// <summary>What is on its file system.</summary>
    public string Files => At("board/files");

    /// <summary>Native halves of a runtime that the lock means, as an image lists them.</summary>
    public static string StandardNatives { get; } = string.Join("\r\n", ImagesLock.BuiltIn.Assemblies.Values
        .Where(one => one.Assembly.Checksum != null && !one.Assembly.Optional)
        .Select(one => $"{one.Assembly.Name},100.0.0.0,0x{one.Assembly.Checksum:X8}"));

    /// <summary>The start of a program for a chip.</summary>
    public static byte[] RuntimeOf(string chip) =>
        [0xE9, 5, 2, 0x2F, 0, 0, 0, 0, 0, 0, 0, 0, chip switch { "ESP32" => 0, "ESP32-C3" => 5, "ESP32-S3" => 9, _ => 0x17 }, 0, .. new byte[100]];

    public string At(string relative) => Path.Combine(_root, relative);

    public void Put(string relative, string text) => File.WriteAllText(At(relative), text);

    /// <summary>Publishes an image for it. In place of what is not named stands what its board's file and the lock say.</summary>
    public void Publish(string version, string? natives = null, uint? deployOffset = null, byte[]? runtime = null)
    {
        natives ??= StandardNatives;
        string size = $"{Module.FlashMegabytes}mb";
        using var file = new FileStream(At($"images/{Module.Image}-{version}.zip"), FileMode.Create);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        Add(zip, "bootloader.bin", [0xE9]);
        Add(zip, $"partitions_{size}.bin", [0xAA]);
        Add(zip, "nanoCLR.bin", runtime ?? RuntimeOf(Board.Chip.Type));
        Add(zip, NativeAssembly.ListName, Encoding.UTF8.GetBytes(natives));
        Add(zip, $"partitions_nanoclr_{size}.csv", Encoding.UTF8.GetBytes("# Name,   Type, SubType, Offset,  Size, Flags\n" + string.Join('\n', Module.Partitions.Table
            .Select(partition => $"{partition.Name},  data, 0x84,  0x{(partition.Name == Partition.DeploymentName ? deployOffset ?? partition.Offset : partition.Offset):X}, 0x{partition.Size:X},"))));
        Put("natives.csv", natives.Replace("\r", "", StringComparison.Ordinal));
    }

    /// <summary>Puts assemblies into a folder of its own, from which an image is read.</summary>
    public DeploymentImage Build(IReadOnlyDictionary<string, byte[]> assemblies)
    {
        string folder = At("pe");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] bytes) in assemblies)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{name}.pe"), bytes);
        }

        return DeploymentImage.Read(folder);
    }

    /// <summary>What its runtime will say that it has loaded, once there is an agent.</summary>
    public void Loads(DeploymentImage image) =>
        Put("assemblies.txt", string.Concat(image.Assemblies.Select(assembly => $"  {assembly.Name}, {assembly.Version}\n")));

    /// <summary>Makes the stand-in of nanoff or esptool for this board.</summary>
    /// <param name="tool">Which of the two.</param>
    /// <param name="name">File name of the program.</param>
    /// <returns>Path of the program.</returns>
    public string MakeTool(string tool, string name)
    {
        using var script = new StreamReader(typeof(SimulatedBoard).Assembly.GetManifestResourceStream($"{tool}.sh")!);
        Put($"{tool}.sh", script.ReadToEnd());
        Put(name, $"#!/bin/bash\nBENCH={ToolCommand.Quote(_root)} exec bash {ToolCommand.Quote(At($"{tool}.sh"))} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return At(name);
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream entry = zip.CreateEntry(name).Open();
        entry.Write(bytes);
    }
}
