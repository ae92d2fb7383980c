using GatewayAgent.Hardware;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;
using GatewayAgent.StandIns;

namespace GatewayAgent.Gw.Flashing;

/// <summary>
/// What <c>flash --simulate</c> works on: a board that is a folder, stand-ins of nanoff and esptool under names of their own that write to it, and
/// an image and an agent that are made up with the names, versions and checksums of the lock. Steps and checks are those of any flash.
/// </summary>
internal sealed class SimulatedBench : IDisposable
{
    /// <summary>In place of a serial port.</summary>
    public const string Port = "simulated";

    private readonly string _root;
    private readonly SimulatedBoard _board;
    private readonly IDisposable _hold;
    private SimulatedNode? _node;

    /// <param name="folder">Of all simulated boards.</param>
    /// <param name="boardId">Which kind of board.</param>
    /// <param name="moduleId">Null = its standard one.</param>
    /// <exception cref="HardwareException">There is no such board or module.</exception>
    /// <exception cref="GwException">Another run has this board.</exception>
    public SimulatedBench(string folder, string boardId, string? moduleId)
    {
        Board board = BoardCatalog.BuiltIn.Find(boardId);
        BoardModule module = BoardCatalog.FindModule(board, moduleId);
        _root = Path.Combine(folder, $"{board.Id}-{module.Id}");
        PrivateFolder.Make(_root);
        _hold = FileLock.TryTake(Path.Combine(_root, "lock"))
            ?? throw GwException.Usage($"another run has the simulated board {_root}: end it, or name another --folder");
        _board = new SimulatedBoard(_root, board, module);
        LockedImage image = ImagesLock.BuiltIn.Find(module.Image);
        _board.Publish(image.IsPinned ? image.Version : $"{image.Version}.0");
        Nanoff = new NanoffTool(_board.MakeTool("nanoff", "simulated-nanoff"));
        Esptool = new EsptoolTool(_board.MakeTool("esptool", "simulated-esptool"));
    }

    public NanoffTool Nanoff { get; }

    public EsptoolTool Esptool { get; }

    /// <summary>Where backups and how far it came are kept.</summary>
    public string Kept => _board.At("kept");

    /// <summary>The agent to flash.</summary>
    /// <param name="named">Null = one that is made up: the lock's names, versions and checksums, and no code.</param>
    public DeploymentImage Agent(DeploymentImage? named)
    {
        DeploymentImage agent = named ?? _board.Build(PeBuilder.Agent());
        _board.Loads(agent);
        return agent;
    }

    /// <summary>The board starts, and its node is waited for where a broker is named.</summary>
    public IFirstBoot FirstBoot(NodeBirth? birth, TimeSpan patience) => new StartingBoard(this, birth, patience);

    /// <summary>Says what this is, before the first step.</summary>
    public void Introduce() => Tell($"no board is touched: {_board.Board.Name} {_board.Module.Id} is the folder {_root}, image and agent are made up");

    /// <summary>The node, where there is one, runs until it is stopped.</summary>
    public void LiveUntil(CancellationToken stop) => _node?.LiveUntil(stop);

    public void Dispose()
    {
        _node?.Dispose();
        _hold.Dispose();
    }

    private bool TryStart()
    {
        if (!File.Exists(_board.At("board/network")) || !SimulatedNode.IsProvisioned(_board.Files))
        {
            return false;
        }

        _node = new SimulatedNode(_board.Files, Tell);
        return true;
    }

    private static void Tell(string text) => Console.Error.WriteLine($"gw: simulated: {text}");

    private sealed class StartingBoard(SimulatedBench bench, NodeBirth? birth, TimeSpan patience) : IFirstBoot
    {
        public string? Node => birth?.Name;

        public uint? Now() => birth?.Now();

        public string Await(uint? before, CancellationToken stop)
        {
            if (!bench.TryStart())
            {
                return "the board has no node's settings: give it --files and --network of ./gw provision, and it runs the node";
            }

            return birth == null ? "the board has started"
                : birth.Await(before, patience, stop) is { } came ? Flashing.FirstBoot.Words(birth, came)
                : throw new HardwareException($"the node did not come to its broker within {patience.TotalSeconds:0} s; ./gw doctor goes on from here");
        }
    }
}
