using System.CommandLine;
using GatewayAgent.Gw.Fleet;
using GatewayAgent.VirtualDevice.Fleet;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>fleet</c>: as many simulated homes as wanted, for load and for the page.</summary>
internal static class FleetCommand
{
    private const int MostHomes = 1_000_000, MostDays = 400, MostSeed = 999_999;
    private const string Mixture = "mix";

    private static readonly Dictionary<string, TroubleKind?> _troubles = new()
    {
        [Mixture] = null,
        ["healthy"] = TroubleKind.Healthy,
        ["weak-backhaul"] = TroubleKind.WeakBackhaul,
        ["bad-placement"] = TroubleKind.BadPlacement,
        ["congested-channel"] = TroubleKind.CongestedChannel,
        ["new-neighbour"] = TroubleKind.NewNeighbour,
        ["interference"] = TroubleKind.Interference,
        ["overload"] = TroubleKind.OverloadedAccessPoint,
        ["wan-down"] = TroubleKind.WanDown,
        ["sick-node"] = TroubleKind.SickNode,
    };

    public static Command Create()
    {
        Option<int> homes = CommonOptions.Number("--homes", "Homes of 1 to 8 nodes", 1, MostHomes, 100);
        Option<int> seed = CommonOptions.Number("--seed", "Another seed is another fleet", 0, MostSeed, 1);
        Option<string> trouble = CommonOptions.Choice(
            "--trouble", $"What is wrong with every home: {string.Join(", ", _troubles.Keys.Skip(1))}; mix: three in ten have something", "KIND", [.. _troubles.Keys]);
        var broker = new BrokerOptions("Broker to report to, whose user may speak for every node [default: one of our own]");
        broker.Address.Required = false;
        var store = new Option<string?>("--db", "--store")
        {
            Description = "Store of a collector of our own: a file, or postgres://USER@HOST/DATABASE [default: none is kept]",
            HelpName = "STORE",
        };
        Option<int> history = CommonOptions.Number("--history", "Days lived before now, as fast as the machine allows", 0, MostDays, 0);
        Option<double?> days = CommonOptions.OptionalNumber("--days", "Days lived from now on [default: until Ctrl-C]", 0.0, MostDays);
        Option<double> speed = CommonOptions.Number("--speed", "Seconds of the homes in a second", 0.1, 100_000.0, 1.0);
        var command = new GwCommand("fleet", "Simulates a fleet of homes, some with a trouble, that report through a real broker.")
        {
            Details = "Each home lives window by window; its nodes send what the firmware would, wait for the collector's word and send again what is "
                + "not acknowledged. With --history and --db, and without --days, the store is filled without a broker. The last line on standard output "
                + "is a JSON object with homes, nodes, troubled, reports, unheard, kept, unacknowledged and messages; unacknowledged is 0 or the exit code is 1. "
                + "In the end the nodes go off line, but for those of a history alone. A home takes about 30 KB of memory: 100,000 homes 3 GB.",
            Examples =
            [
                "./gw fleet --homes 200 --history 21 --db fleet.db",
                "./gw fleet --homes 1000 --broker localhost:1883 --speed 60",
                "./gw fleet --homes 20 --trouble wan-down --days 2 --speed 5000 --db wan.db",
            ],
        };
        foreach (Option option in new Option[] { homes, seed, trouble, broker.Address, store, history, days, speed }.Concat(broker.Credentials))
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            FleetRequest request = Read(typed);
            ThrowIfGiven(typed, request.Broker == null ? broker.Credentials : [], "the broker of our own asks for none; it is for --broker");
            ThrowIfGiven(typed, request.IsOnlyHistory ? [speed] : [], "a history alone is lived as fast as the machine allows; name --days to go on from now");
            return Run(request);
        });
        return command;

        FleetRequest Read(ParseResult typed) => new()
        {
            Homes = typed.GetValue(homes),
            Seed = typed.GetValue(seed),
            Trouble = _troubles[typed.GetRequiredValue(trouble)],
            Broker = typed.GetValue(broker.Address) == null ? null : broker.Read(typed),
            Store = typed.GetValue(store),
            HistoryDays = typed.GetValue(history),
            Days = typed.GetValue(days),
            Speed = typed.GetValue(speed),
        };
    }

    private static void ThrowIfGiven(ParseResult typed, IEnumerable<Option> options, string why)
    {
        if (options.FirstOrDefault(option => typed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw GwException.Usage($"{given.Name}: {why}");
        }
    }

    private static int Run(FleetRequest request)
    {
        using var stop = new StopSignal();
        FleetResult result = new FleetRun(request, line => Console.Error.WriteLine($"gw: {line}")).Run(stop.Token);
        Console.Out.WriteLine(result.Json());
        return result.Unacknowledged == 0 ? ExitCode.Ok : ExitCode.Problem;
    }
}
