using System.CommandLine;
using GatewayAgent.Gw.Demo;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>demo</c>: the whole thing, alive.</summary>
internal static class DemoCommand
{
    private const double StandardSpeed = 10;
    private const double BoardSpeed = 1;
    private const double SlowestSpeed = 0.1;
    private const double FastestSpeed = 1000;
    private const int MostSeconds = 24 * 3600;
    private const int MostSeed = 999_999;

    public static Command Create()
    {
        Option<int?> seconds = CommonOptions.OptionalNumber("--seconds", "End after so many seconds [default: at Ctrl-C]", 1, MostSeconds);
        Option<int> seed = CommonOptions.Number("--seed", "Another seed is another life in the home", 0, MostSeed, 1);
        Option<double> speed = CommonOptions.Number("--speed", "Seconds of the home in a second", SlowestSpeed, FastestSpeed, StandardSpeed);
        var board = new Option<string?>("--board") { Description = "Show light, display and button of this node large, at real speed", HelpName = "NODE" };
        var walk = new Option<bool>("--walk") { Description = "Carry that node through the home, in placement mode" };
        var stock = new Option<bool>("--stock") { Description = "Nodes with the stock image: what it cannot know is not shown" };
        var tls = new Option<bool>("--tls") { Description = "TLS between all of them, with certificates of an authority that goes in the end" };
        Option<string?> database = CommonOptions.NewStore("New store to keep the reports in [default: none is kept]")!;
        var command = new GwCommand("demo", "Shows a home of four nodes live: agents, broker and collector as they are, radio and walls simulated.")
        {
            Details = "The agents run in this process; broker and collector are children, which may be killed: they are started again, and "
                + "nothing is lost. In the home's first hour a microwave oven runs, a node is moved, a backhaul fails and the gateway reboots.",
            Examples = ["./gw demo", "./gw demo --speed 60 --seed 7", "./gw demo --board bedroom", "./gw demo --seconds 30 --db demo.db"],
        };
        foreach (Option option in new Option[] { seconds, seed, speed, board, walk, stock, tls, database })
        {
            command.Add(option);
        }

        command.SetAction(typed => Run(new DemoRequest
        {
            Seconds = typed.GetValue(seconds),
            Seed = typed.GetValue(seed),
            Speed = typed.GetValue(board) != null && typed.GetResult(speed) is null or { Implicit: true } ? BoardSpeed : typed.GetValue(speed),
            Board = typed.GetValue(board),
            IsWalked = typed.GetValue(walk),
            IsStock = typed.GetValue(stock),
            IsTls = typed.GetValue(tls),
            Database = typed.GetValue(database),
        }));
        return command;
    }

    private static int Run(DemoRequest request)
    {
        using var stop = new StopSignal();
        Console.Out.Write(new DemoRun(request).Run(stop.Token));
        return ExitCode.Ok;
    }
}
