using System.IO.Compression;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Tests.Hardware.Bench;

/// <summary>
/// A board on a bench, simulated below the tools: <c>gw flash</c> runs stand-ins of nanoff and esptool as it runs the real ones. What they
/// leave on the "board" can be looked at, and any call of theirs can be made to fail.
/// </summary>
internal sealed class FlashBench : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("gw-bench-").FullName;

    public FlashBench(string boardId = "esp32-c3-devkitm-1", string? moduleId = null)
    {
        Board = BoardCatalog.BuiltIn.Find(boardId);
        Module = BoardCatalog.FindModule(Board, moduleId);
        foreach (string folder in new[] { "board/files", "images", "node" })
        {
            Directory.CreateDirectory(At(folder));
        }

        Put("chip.txt", $"{Board.Chip.Type} ({Board.Chip.Type}-D0 (QFN32) (revision v{Board.Chip.LeastRevision}))\nFeatures Wi-Fi, BT 5 (LE)\n"
            + $"Flash size {Module.FlashMegabytes}MB unknown from  (manufacturer 0x20 device 0x4016)\nPSRAM: {(Module.Psram == null ? "not available" : "undetermined")}\nCrystal 40MHz\nMAC 60:55:F9:00:11:22\n");
        Put("esptool.txt", $"Detecting chip type... {Board.Chip.Type}\nChip is {Board.Chip.Type} (QFN32) (revision v{Board.Chip.LeastRevision})\nMAC: 60:55:f9:00:11:22\nManufacturer: 20\nDevice: 4016\nDetected flash size: {Module.FlashMegabytes}MB\n");
        Put("flash-bytes", $"{Module.FlashMegabytes << 20}");
        Natives = Standard();
        Publish("1.17.0.100");
        Agent = PeBuilder.Agent();
        Put("node/agent.json", "{ \"home\": \"home-1\" }");
        Put("node/ca.pem", "-----BEGIN CERTIFICATE-----\n");
        Put("node/files.json", "{ \"Files\": [ { \"DestinationFilePath\": \"I:\\\\agent.json\", \"SourceFilePath\": \"agent.json\" }, { \"DestinationFilePath\": \"I:\\\\ca.pem\", \"SourceFilePath\": \"ca.pem\" }, { \"DestinationFilePath\": \"I:\\\\client.pem\" } ] }");
        Put("assemblies.txt", "");
        Put("node/network.json", "{ \"WirelessClient\": { \"Ssid\": \"lab\" } }");
        Script("nanoff");
    }

    public Board Board { get; }

    public BoardModule Module { get; }

    /// <summary>Of the agent's image: name to <c>.pe</c>. Change it before <see cref="Request"/>.</summary>
    public Dictionary<string, byte[]> Agent { get; }

    /// <summary>What the published runtime states.</summary>
    public string Natives { get; private set; }

    public RecordingView View { get; } = new();

    public bool HasEsptool { get; set; }

    public string Folder => At("kept");

    /// <summary>Operations that the stand-in was asked for, in order.</summary>
    public string[] Calls => File.Exists(At("log")) ? [.. File.ReadAllLines(At("log")).Select(line => line[..line.IndexOf(' ')])] : [];

    /// <summary>How many of them have come to their end.</summary>
    public int Ended => File.Exists(At("ended")) ? File.ReadAllLines(At("ended")).Length : 0;

    /// <summary>Their lines, with options.</summary>
    public string[] Log => File.ReadAllLines(At("log"));

    public string At(string relative) => Path.Combine(_root, relative);

    public void Put(string relative, string text) => File.WriteAllText(At(relative), text);

    /// <summary>The n-th call of an operation from now on ends with this.</summary>
    public void Fail(string operation, int nth, string how) =>
        Put("fail", $"{operation} {nth + Calls.Count(call => call == operation)} {how}\n");

    public void Repair() => File.Delete(At("fail"));

    /// <summary>Puts an image into the repository.</summary>
    public void Publish(string version, string? natives = null, uint? deployOffset = null, byte[]? runtime = null)
    {
        string size = $"{Module.FlashMegabytes}mb";
        using ZipArchive zip = ZipFile.Open(At($"images/{Module.Image}-{version}.zip"), ZipArchiveMode.Create);
        Add(zip, "bootloader.bin", [0xE9]);
        Add(zip, $"partitions_{size}.bin", [0xAA]);
        Add(zip, "nanoCLR.bin", runtime ?? RuntimeOf(Board.Chip.Type));
        Add(zip, NativeAssembly.ListName, System.Text.Encoding.UTF8.GetBytes(natives ?? Natives));
        Add(zip, $"partitions_nanoclr_{size}.csv", System.Text.Encoding.UTF8.GetBytes("# Name,   Type, SubType, Offset,  Size, Flags\n" + string.Join('\n', Module.Partitions.Table
            .Select(partition => $"{partition.Name},  data, 0x84,  0x{(partition.Name == Partition.DeploymentName ? deployOffset ?? partition.Offset : partition.Offset):X}, 0x{partition.Size:X},"))));
        Put("natives.csv", (natives ?? Natives).Replace("\r", "", StringComparison.Ordinal));
    }

    /// <summary>A board that runs the image and an agent already, with settings.</summary>
    public void MakeNode(string version = "1.17.0.90")
    {
        Put("board/runtime", $"{Module.Image} {version}\n");
        File.WriteAllBytes(At("board/deploy.bin"), PeBuilder.Make("GatewayAgent.App", "0.0.9.0"));
        Put("board/files/agent.json", "old");
    }

    public FlashRequest Request(Func<FlashRequest, FlashRequest>? change = null)
    {
        if (Directory.Exists(At("pe")))
        {
            Directory.Delete(At("pe"), recursive: true);
        }

        Directory.CreateDirectory(At("pe"));
        foreach ((string name, byte[] bytes) in Agent)
        {
            File.WriteAllBytes(At($"pe/{name}.pe"), bytes);
        }

        DeploymentImage image = DeploymentImage.Read(At("pe"));
        Put("assemblies.txt", string.Concat(image.Assemblies.Select(assembly => $"  {assembly.Name}, {assembly.Version}\n")));
        var request = new FlashRequest
        {
            Port = "/dev/ttyBENCH",
            Image = image,
            BoardId = Board.Id,
            Files = At("node/files.json"),
            Network = At("node/network.json"),
            Folder = Folder,
        };
        return change == null ? request : change(request);
    }

    public void Run(FlashRequest request, IFirstBoot? firstBoot = null, CancellationToken stop = default)
    {
        if (HasEsptool)
        {
            Script("esptool");
        }

        new FlashRun(request, ImagesLock.BuiltIn, new NanoffTool(At("nanoff")), HasEsptool ? new EsptoolTool(At("esptool")) : null, View, firstBoot, TimeSpan.Zero).Run(stop);
    }

    /// <summary>What is on the board: image, agent or none, files.</summary>
    public string BoardNow()
    {
        string runtime = File.Exists(At("board/runtime")) ? File.ReadAllText(At("board/runtime")).Trim() : "no runtime";
        string files = Directory.Exists(At("board/files")) ? string.Join('+', Directory.GetFiles(At("board/files")).Select(Path.GetFileName).Order()) : "";
        return $"{runtime}; {AgentNow()}; {(files.Length == 0 ? "no files" : files)}; {(File.Exists(At("board/network")) ? "network" : "no network")}";
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>The start of a program for a chip.</summary>
    public static byte[] RuntimeOf(string chip) =>
        [0xE9, 5, 2, 0x2F, 0, 0, 0, 0, 0, 0, 0, 0, chip switch { "ESP32" => 0, "ESP32-C3" => 5, "ESP32-S3" => 9, _ => 0x17 }, 0, .. new byte[100]];

    private string AgentNow()
    {
        if (!File.Exists(At("board/deploy.bin")))
        {
            return "no agent";
        }

        byte[] deployed = File.ReadAllBytes(At("board/deploy.bin"));
        return !PeAssembly.IsAt(deployed) ? "no agent" : $"agent of {DeploymentImage.Read(At("board/deploy.bin")).Assemblies.Count} assemblies";
    }

    private static string Standard() => string.Join("\r\n", ImagesLock.BuiltIn.Assemblies.Values
        .Where(one => one.Assembly.Checksum != null && !one.Assembly.Optional)
        .Select(one => $"{one.Assembly.Name},100.0.0.0,0x{one.Assembly.Checksum:X8}"));

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream entry = zip.CreateEntry(name).Open();
        entry.Write(bytes);
    }

    // A stand-in knows its bench by its own start, so that benches can run beside each other.
    private void Script(string name)
    {
        string standIn = Path.Combine(SharedData.RepositoryRoot, "tools", "tests", "Hardware", "Bench", name);
        Put(name, $"#!/bin/bash\nBENCH='{_root}' exec bash '{standIn}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

/// <summary>Keeps what a person would have seen.</summary>
internal sealed class RecordingView : IFlashView
{
    public List<string> Lines { get; } = [];

    public List<double> Percents { get; } = [];

    public bool Answer { get; set; } = true;

    public int Questions { get; private set; }

    /// <summary>Called when a step begins.</summary>
    public Action<FlashStep>? Begun { get; set; }

    public void Begin(FlashStep step)
    {
        Lines.Add($"{step}");
        Begun?.Invoke(step);
    }

    public void Run(ToolCommand command) => Lines.Add($"$ {command.ToShell()}");

    public void Progress(double percent) => Percents.Add(percent);

    public void Done(string what) => Lines.Add($"done: {what}");

    public bool Confirm(string question)
    {
        Questions++;
        return Answer;
    }

    public void Skip(FlashStep step, string why) => Lines.Add($"{step} skipped: {why}");
}
