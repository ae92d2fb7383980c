using System.CommandLine;
using GatewayAgent.Gw.Replay;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>replay</c>: a capture's way from the radio core to the store.</summary>
internal static class ReplayCommand
{
    private const double SlowestSpeed = 0.1;
    private const double FastestSpeed = 10_000;

    public static Command Create()
    {
        var capture = new Argument<string>("CAPTURE") { Description = "pcap or pcapng file of 802.11 frames, with or without radiotap" };
        Option<int> interval = CommonOptions.Number("--interval", "Length of the windows, s", Limits.WindowMinSeconds, Limits.WindowMaxSeconds, Limits.WindowDefaultSeconds);
        Option<string> database = CommonOptions.NewStore("New store to keep the reports in [default: none is kept]");
        var append = new Option<bool>("--append") { Description = "The store may exist: add to it. The counts are still those of this run" };
        var home = new Option<string>("--home") { Description = "Home of the node", HelpName = "ID", DefaultValueFactory = _ => "replay" };
        var node = new Option<string>("--node") { Description = "Name of the node", HelpName = "ID", DefaultValueFactory = _ => "monitor" };
        var broker = new Option<BrokerAddress?>("--broker")
        {
            Description = "Use this broker, which must take anybody [default: one of our own]",
            HelpName = "HOST:PORT",
            CustomParser = BrokerAddress.Parse,
        };
        Option<double?> speed = CommonOptions.OptionalNumber(
            "--speed", "Seconds of the capture in a second [default: as fast as the machine allows]", SlowestSpeed, FastestSpeed);
        var outage = new Option<Outage?>("--broker-outage")
        {
            Description = "Kill the broker at this second of the capture, and start it again so many seconds of the capture later",
            HelpName = "FROM:SECONDS",
            CustomParser = Outage.Parse,
        };
        var command = new GwCommand("replay", "Lets one node hear a capture and report through a real broker into a store.")
        {
            Details = "Broker and collector are children, which may be killed: they are started again, and nothing is lost. The last line on "
                + "standard output is a JSON object with frames, beacons, reports, stored, duplicates, rejected and lost; lost is 0 or the exit "
                + "code is 1.",
            Examples =
            [
                "./gw replay home.pcap --interval 60 --db out.db",
                "./gw replay home.pcap --interval 60 --broker-outage 300:600",
                "./gw replay home.pcapng --speed 10 --db out.db --append",
            ],
        };
        command.Add(capture);
        foreach (Option option in new Option[] { interval, database, append, home, node, broker, speed, outage })
        {
            command.Add(option);
        }

        command.SetAction(typed => Run(new ReplayRequest
        {
            Capture = typed.GetRequiredValue(capture),
            Home = typed.GetRequiredValue(home),
            Node = typed.GetRequiredValue(node),
            Interval = typed.GetValue(interval),
            Database = typed.GetValue(database),
            Append = typed.GetValue(append),
            Broker = typed.GetValue(broker),
            Speed = typed.GetValue(speed),
            Outage = typed.GetValue(outage),
        }));
        return command;
    }

    private static int Run(ReplayRequest request)
    {
        using var stop = new StopSignal();
        ReplayResult result = new ReplayRun(request, line => Console.Error.WriteLine($"gw: {line}")).Run(stop.Token);
        Console.Out.WriteLine(result.Json());
        return result.Lost == 0 ? ExitCode.Ok : ExitCode.Problem;
    }
}
