using System.CommandLine;
using GatewayAgent.Gw.Flashing;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.Hardware.Images;
using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>flash</c>: runtime and agent onto a board.</summary>
internal static class FlashCommand
{
    private static readonly TimeSpan _startPause = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        var image = new Option<string>("--image") { Description = "The agent: GatewayAgent.App.bin, or a folder of .pe files; needed, but with --simulate", HelpName = "FILE" };
        var board = new Option<string?>("--board") { Description = "Board, as its folder in hardware/ [default: found out]", HelpName = "ID" };
        var module = new Option<string?>("--module") { Description = "Module on it, such as N8R2 [default: found out]", HelpName = "ID" };
        var port = new Option<string?>("--port") { Description = "Serial port [default: the only one]", HelpName = "PORT" };
        Option<int?> baud = CommonOptions.OptionalNumber("--baud", "Speed of transfers, slower for a bad cable [default: nanoff's own, 1500000]", 9600, 4_000_000);
        var runtime = new Option<string?>("--runtime") { Description = "Own nanoCLR.bin, beside its native_assemblies.csv [default: the published one]", HelpName = "FILE" };
        var network = new Option<string?>("--network") { Description = "network.json of gw provision", HelpName = "FILE" };
        var files = new Option<string?>("--files") { Description = "files.json of gw provision", HelpName = "FILE" };
        var folder = new Option<string?>("--folder") { Description = "Keeps backups and how far it came [default: gateway-agent/flash of the user's data]", HelpName = "FOLDER" };
        var simulate = new Option<string?>("--simulate")
        {
            Description = "Without hardware: the same steps over a simulated board of this kind, whose node then runs here until Ctrl-C [default of --folder: gateway-agent/simulated]",
            HelpName = "ID",
        };
        var erase = new Option<bool>("--erase") { Description = "Erase a board that runs nanoFramework already, too" };
        var restart = new Option<bool>("--restart") { Description = "Begin anew, whatever an earlier run left" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print the commands, run none" };
        var yes = new Option<bool>("--yes") { Description = "Ask nothing before writing" };
        Option<NodeName?> node = NodeName.Option("Watch the first start until this node is online");
        Option<int> wait = CommonOptions.Number("--wait", "Seconds that may take", 1, 3600, 180);
        Option<int> listen = CommonOptions.Number("--listen", "Without a node: seconds the first start is watched on the cable", 0, 3600, 15);
        var broker = new BrokerOptions("Broker where the node is to come");
        broker.Address.Required = false;
        var command = new GwCommand("flash", "Puts runtime and agent onto a board, and goes on where an earlier run ended.")
        {
            Details = "Runs nanoff (and esptool, where it is installed, as a second opinion). Board, image and agent are compared before anything is written; "
                + "the agent is written last. A board that is given files, or does not run its image yet, is erased whole, after a backup. "
                + "The first start is heard on the cable, as gw monitor hears it.",
            Examples =
            [
                "./gw flash --board esp32-c3-devkitm-1 --image GatewayAgent.App.bin --port /dev/ttyUSB0 --dry-run",
                "./gw flash --image GatewayAgent.App.bin --network network.json --files files.json",
                "./gw flash --image GatewayAgent.App.bin --broker broker:8883 --cafile ca.pem --node home-1/kitchen --yes",
                "./gw flash --simulate esp32-s3-devkitc-1 --network lab/nodes/attic/network.json --files lab/nodes/attic/files.json",
            ],
        };
        Option[] options =
        [
            image, board, module, port, simulate, baud, runtime, network, files, folder, erase, restart, dryRun, yes, node, wait, listen, broker.Address, .. broker.Credentials,
        ];
        foreach (Option option in options)
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            using SimulatedBench? bench = Bench(typed, simulate, module, folder, board, port, baud, runtime, dryRun, listen);
            DeploymentImage? agent = typed.GetValue(image) is { } file ? DeploymentImage.Read(file) : null;
            var request = new FlashRequest
            {
                Image = bench?.Agent(agent) ?? agent ?? throw GwException.Usage("Option '--image' is required. See ./gw flash --help"),
                Port = bench == null ? typed.GetValue(port) ?? Port(typed.GetValue(dryRun)) : SimulatedBench.Port,
                Baud = typed.GetValue(baud),
                BoardId = typed.GetValue(simulate) ?? typed.GetValue(board),
                ModuleId = typed.GetValue(module),
                Runtime = typed.GetValue(runtime),
                Network = typed.GetValue(network),
                Files = typed.GetValue(files),
                Folder = bench?.Kept ?? Path.GetFullPath(typed.GetValue(folder) ?? StandardFolder("flash")),
                Erase = typed.GetValue(erase),
                Restart = typed.GetValue(restart),
            };
            if (typed.GetValue(dryRun))
            {
                DryRun.Print(request, Console.Out);
                return ExitCode.Ok;
            }

            NodeBirth? birth = Birth(typed, broker, typed.GetValue(node));
            var patience = TimeSpan.FromSeconds(typed.GetValue(birth == null ? listen : wait));
            return bench == null ? Run(request, birth, patience, typed.GetValue(yes)) : Simulate(request, bench, birth, patience, typed.GetValue(yes));
        });
        return command;
    }

    private static SimulatedBench? Bench(ParseResult typed, Option<string?> simulate, Option<string?> module, Option<string?> folder, params Option[] ofBoards)
    {
        if (typed.GetValue(simulate) is not { } board)
        {
            return null;
        }

        Option? contrary = ofBoards.FirstOrDefault(option => typed.GetResult(option) is { Implicit: false });
        return contrary == null
            ? new SimulatedBench(Path.GetFullPath(typed.GetValue(folder) ?? StandardFolder("simulated")), board, typed.GetValue(module))
            : throw GwException.Usage($"--simulate is without a board, {contrary.Name} is for one: leave one of them out");
    }

    // Not verified: a user who has no such folder yet would get "", and with it a folder wherever he stands.
    private static string StandardFolder(string name) =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "gateway-agent", name);

    private static string Port(bool isDryRun) => isDryRun ? SerialPorts.List().FirstOrDefault() ?? "/dev/ttyUSB0" : SerialPorts.TheOne(SerialPorts.List());

    private static NodeBirth? Birth(ParseResult typed, BrokerOptions broker, NodeName? node)
    {
        bool hasBroker = typed.GetValue(broker.Address) != null;
        if (hasBroker != (node != null))
        {
            throw GwException.Usage("--broker and --node: give both or neither");
        }

        return node == null ? null : new NodeBirth(broker.Read(typed), node);
    }

    private static int Run(FlashRequest request, NodeBirth? birth, TimeSpan patience, bool isSure)
    {
        NanoffTool nanoff = NanoffTool.Find(request.Baud) ?? throw new GwException(ExitCode.Missing, NanoffTool.HowToInstall);
        using var stop = new StopSignal();
        var view = new FlashView(isSure, isSimulated: false, stop.Token);
        return Run(new FlashRun(request, ImagesLock.BuiltIn, nanoff, EsptoolTool.Find(), view, new FirstBoot(request.Port, birth, patience, view.Hear), _startPause), view, stop);
    }

    private static int Simulate(FlashRequest request, SimulatedBench bench, NodeBirth? birth, TimeSpan patience, bool isSure)
    {
        using var stop = new StopSignal();
        bench.Introduce();
        var view = new FlashView(isSure, isSimulated: true, stop.Token);
        Run(new FlashRun(request, ImagesLock.BuiltIn, bench.Nanoff, bench.Esptool, view, bench.FirstBoot(birth, patience), TimeSpan.Zero), view, stop);
        bench.LiveUntil(stop.Token);
        return ExitCode.Ok;
    }

    private static int Run(FlashRun run, FlashView view, StopSignal stop)
    {
        using CancellationTokenRegistration asked = stop.Token.Register(view.StopAsked);
        try
        {
            run.Run(stop.Token);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException)
        {
            throw new GwException(ExitCode.Interrupted, "stopped; the same command goes on from here");
        }
        catch (FlashException e)
        {
            throw new GwException(ExitCode.Problem, $"{e.Message}\n    The same command goes on from here.");
        }
    }
}
