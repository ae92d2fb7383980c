using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;
using GatewayAgent.StandIns;

namespace GatewayAgent.Tests.Hardware.Bench;

/// <summary>
/// A board on a bench, simulated below the tools: <c>gw flash</c> runs stand-ins of nanoff and esptool as it runs the real ones. What they
/// leave on the "board" can be looked at, and any call of theirs can be made to fail.
/// </summary>
internal sealed class FlashBench : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("gw-bench-").FullName;
    private readonly SimulatedBoard _simulated;

    public FlashBench(string boardId = "esp32-c3-devkitm-1", string? moduleId = null)
    {
        Board board = BoardCatalog.BuiltIn.Find(boardId);
        _simulated = new SimulatedBoard(_root, board, BoardCatalog.FindModule(board, moduleId));
        Publish("1.17.0.100");
        Agent = PeBuilder.Agent();
        Directory.CreateDirectory(At("node"));
        Put("node/agent.json", "{ \"home\": \"home-1\" }");
        Put("node/ca.pem", "-----BEGIN CERTIFICATE-----\n");
        Put("node/files.json", "{ \"Files\": [ { \"DestinationFilePath\": \"I:\\\\agent.json\", \"SourceFilePath\": \"agent.json\" }, { \"DestinationFilePath\": \"I:\\\\ca.pem\", \"SourceFilePath\": \"ca.pem\" }, { \"DestinationFilePath\": \"I:\\\\client.pem\" } ] }");
        Put("assemblies.txt", "");
        Put("node/network.json", "{ \"WirelessClient\": { \"Ssid\": \"lab\" } }");
        _simulated.MakeTool("nanoff", "nanoff");
    }

    public Board Board => _simulated.Board;

    public BoardModule Module => _simulated.Module;

    /// <summary>Of the agent's image: name to <c>.pe</c>. Change it before <see cref="Request"/>.</summary>
    public Dictionary<string, byte[]> Agent { get; }

    /// <summary>What the published runtime states.</summary>
    public static string Natives => SimulatedBoard.StandardNatives;

    public RecordingView View { get; } = new();

    public bool HasEsptool { get; set; }

    public string Folder => At("kept");

    /// <summary>Operations that the stand-in was asked for, in order.</summary>
    public string[] Calls => File.Exists(At("log")) ? [.. File.ReadAllLines(At("log")).Select(line => line[..line.IndexOf(' ')])] : [];

    /// <summary>How many of them have come to their end.</summary>
    public int Ended => File.Exists(At("ended")) ? File.ReadAllLines(At("ended")).Length : 0;

    /// <summary>Their lines, with options.</summary>
    public string[] Log => File.ReadAllLines(At("log"));

    public string At(string relative) => _simulated.At(relative);

    public void Put(string relative, string text) => _simulated.Put(relative, text);

    /// <summary>The n-th call of an operation from now on ends with this.</summary>
    public void Fail(string operation, int nth, string how) =>
        Put("fail", $"{operation} {nth + Calls.Count(call => call == operation)} {how}\n");

    public void Repair() => File.Delete(At("fail"));

    /// <summary>Puts an image into the repository.</summary>
    public void Publish(string version, string? natives = null, uint? deployOffset = null, byte[]? runtime = null) =>
        _simulated.Publish(version, natives, deployOffset, runtime);

    /// <summary>A board that runs the image and an agent already, with settings.</summary>
    public void MakeNode(string version = "1.17.0.90")
    {
        Put("board/runtime", $"{Module.Image} {version}\n");
        File.WriteAllBytes(At("board/deploy.bin"), PeBuilder.Make("GatewayAgent.App", "0.0.9.0"));
        Put("board/files/agent.json", "old");
    }

    public FlashRequest Request(Func<FlashRequest, FlashRequest>? change = null)
    {
        DeploymentImage image = _simulated.Build(Agent);
        _simulated.Loads(image);
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
            _simulated.MakeTool("esptool", "esptool");
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

    private string AgentNow()
    {
        if (!File.Exists(At("board/deploy.bin")))
        {
            return "no agent";
        }

        byte[] deployed = File.ReadAllBytes(At("board/deploy.bin"));
        return !PeAssembly.IsAt(deployed) ? "no agent" : $"agent of {DeploymentImage.Read(At("board/deploy.bin")).Assemblies.Count} assemblies";
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

    /// <summary>Called when something is waited for.</summary>
    public Action? Waiting { get; set; }

    public void Wait(string forWhat)
    {
        Lines.Add($"waits for {forWhat}");
        Waiting?.Invoke();
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
