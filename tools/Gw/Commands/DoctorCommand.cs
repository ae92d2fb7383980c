using System.CommandLine;
using GatewayAgent.Doctor;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>doctor</c>: why a node is silent.</summary>
internal static class DoctorCommand
{
    private const int LeastListen = 2, MostListen = 600, UsualListen = 10;

    public static Command Create()
    {
        Argument<NodeName> node = NodeName.Argument();
        node.Arity = ArgumentArity.ZeroOrOne;
        node.Description = "Which node; missing, the one of --files";
        var broker = new BrokerOptions("Broker of the node, as a user who may read reports [default port: 1883]");
        broker.Address.Required = false;
        var files = new Option<string?>("--files") { Description = "Folder of the node's own files as provisioning wrote them: checked, and used to go its way to the broker", HelpName = "FOLDER" };
        Option<string?> port = SerialOptions.Port("Serial port of its board: what it says is heard");
        Option<int> baud = SerialOptions.Baud();
        var restart = new Option<bool>("--restart") { Description = "With --port: restart the board first, for what it says at its start says most" };
        var database = new Option<string?>("--store", "--db") { Description = "Store of the collector: a file, or postgres://USER@HOST/DATABASE", HelpName = "STORE" };
        var collector = new Option<string?>("--collector") { Description = "Where the collector serves its web page, as http://127.0.0.1:8080", HelpName = "URL" };
        var token = new Option<string?>("--token-file") { Description = "With --collector: file of an operator's token that ./gw token printed", HelpName = "FILE" };
        var ask = new Option<bool>("--ask") { Description = "Have the node report now, and wait for it; its user must be one who may give commands" };
        Option<int> listen = CommonOptions.Number("--listen", "Seconds to listen to board and node", LeastListen, MostListen, UsualListen);
        var json = new Option<bool>("--json") { Description = "One JSON object instead of text" };
        var command = new GwCommand("doctor", "Finds out why a node is silent, from the cable to the collector.")
        {
            Details = "Says the first thing that is wrong, how that is known and what to do; then what else was looked at and is fine, and what "
                + "could not be looked at. Give it what there is: each of --broker, --files, --port, --store and --collector lets it see further. "
                + "Changes nothing, unless --ask or --restart is given. Ends with 1 when something is wrong. By symptom: docs/troubleshooting.md.",
            Examples =
            [
                "./gw doctor h17/attic --broker mqtt.example.net --store fleet.db --collector http://127.0.0.1:8080",
                "./gw doctor --files kit/nodes/attic",
                "./gw doctor --port /dev/ttyUSB0 --restart --files kit/nodes/attic",
                "./gw doctor h17/attic --broker mqtt.example.net:8883 --cafile ca.pem --user me --password-file secret --ask",
            ],
        };
        command.Add(node);
        foreach (Option option in (Option[])[broker.Address, .. broker.Credentials, files, port, baud, restart, database, collector, token, ask, listen, json])
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            NodeName? named = typed.GetValue(node);
            MosquittoOptions? at = typed.GetValue(broker.Address) == null ? null : broker.Read(typed);
            string? url = typed.GetValue(collector), secret = typed.GetValue(token);
            var request = new DoctorRequest
            {
                Home = named?.Home,
                Node = named?.Node,
                Broker = at,
                Files = typed.GetValue(files),
                Port = typed.GetValue(port),
                Baud = typed.GetValue(baud),
                Restart = typed.GetValue(restart),
                Store = typed.GetValue(database),
                Collector = url == null ? null : McpCommand.UrlOf(url, secret != null, "--collector"),
                Token = McpCommand.TokenOf(secret),
                Ask = typed.GetValue(ask),
                Listen = TimeSpan.FromSeconds(typed.GetValue(listen)),
            };
            Check(request);
            return Run(request, typed.GetValue(json));
        });
        return command;
    }

    private static void Check(DoctorRequest request)
    {
        string? problem = request switch
        {
            { Broker: null, Files: null, Port: null, Store: null, Collector: null } => "give it something to look at: --broker, --files, --port, --store or --collector",
            { Home: null, Files: null } when request.Broker != null || request.Store != null => "name the node, HOME/NODE",
            { Restart: true, Port: null } => "--restart belongs to --port",
            { Token: not null, Collector: null } => "--token-file belongs to --collector",
            { Ask: true, Broker: null, Files: null } => "--ask needs --broker or --files",
            _ => null,
        };
        if (problem != null)
        {
            throw GwException.Usage($"doctor: {problem}. See ./gw doctor --help");
        }
    }

    private static int Run(DoctorRequest request, bool isJson)
    {
        using var stop = new StopSignal();
        Examination examination = Examiner.Examine(request, stop.Token);
        Console.Out.Write(isJson ? ExaminationJson.Of(examination) + "\n" : ExaminationText.Of(examination));
        return examination.First == null ? ExitCode.Ok : ExitCode.Problem;
    }
}
