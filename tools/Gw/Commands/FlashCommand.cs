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

    private static readonly string _standardFolder =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "gateway-agent", "flash");

    public static Command Create()
    {
        var image = new Option<string>("--image") { Description = "The agent: GatewayAgent.App.bin, or a folder of .pe files", HelpName = "FILE", Required = true };
        var board = new Option<string?>("--board") { Description = "Board, as its folder in hardware/ [default: found out]", HelpName = "ID" };
        var module = new Option<string?>("--module") { Description = "Module on it, such as N8R2 [default: found out]", HelpName = "ID" };
        var port = new Option<string?>("--port") { Description = "Serial port [default: the only one]", HelpName = "PORT" };
        Option<int?> baud = CommonOptions.OptionalNumber("--baud", "Speed of transfers, slower for a bad cable [default: nanoff's own, 1500000]", 9600, 4_000_000);
        var runtime = new Option<string?>("--runtime") { Description = "Own nanoCLR.bin, beside its native_assemblies.csv [default: the published one]", HelpName = "FILE" };
        var network = new Option<string?>("--network") { Description = "network.json of gw provision", HelpName = "FILE" };
        var files = new Option<string?>("--files") { Description = "files.json of gw provision", HelpName = "FILE" };
        var folder = new Option<string?>("--folder") { Description = "Keeps backups and how far it came [default: gateway-agent/flash of the user's data]", HelpName = "FOLDER" };
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
            ],
        };
        Option[] options = [image, board, module, port, baud, runtime, network, files, folder, erase, restart, dryRun, yes, node, wait, listen, broker.Address, .. broker.Credentials];
        foreach (Option option in options)
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            var request = new FlashRequest
            {
                Port = typed.GetValue(port) ?? Port(typed.GetValue(dryRun)),
                Baud = typed.GetValue(baud),
                Image = DeploymentImage.Read(typed.GetRequiredValue(image)),
                BoardId = typed.GetValue(board),
                ModuleId = typed.GetValue(module),
                Runtime = typed.GetValue(runtime),
                Network = typed.GetValue(network),
                Files = typed.GetValue(files),
                Folder = Path.GetFullPath(typed.GetValue(folder) ?? _standardFolder),
                Erase = typed.GetValue(erase),
                Restart = typed.GetValue(restart),
            };
            if (typed.GetValue(dryRun))
            {
                DryRun.Print(request, Console.Out);
                return ExitCode.Ok;
            }

            NodeBirth? birth = Birth(typed, broker, typed.GetValue(node));
            return Run(request, birth, TimeSpan.FromSeconds(typed.GetValue(birth == null ? listen : wait)), typed.GetValue(yes));
        });
        return command;
    }

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
        var view = new FlashView(isSure, stop.Token);
        var firstBoot = new FirstBoot(request.Port, birth, patience, view.Hear);
        using CancellationTokenRegistration asked = stop.Token.Register(view.StopAsked);
        try
        {
            new FlashRun(request, ImagesLock.BuiltIn, nanoff, EsptoolTool.Find(), view, firstBoot, _startPause).Run(stop.Token);
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
