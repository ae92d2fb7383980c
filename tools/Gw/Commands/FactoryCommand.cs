using System.CommandLine;
using GatewayAgent.Doctor.Factory;
using GatewayAgent.Gw.Factory;
using GatewayAgent.Hardware.Boards;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>factory</c>: the production test of a node.</summary>
internal static class FactoryCommand
{
    public static Command Create()
    {
        Argument<NodeName> node = NodeName.Argument();
        var broker = new BrokerOptions("Broker of the line, as a user who may command and read reports [default port: 1883]");
        var board = new Option<string?>("--board") { Description = "Board, as its folder in hardware/: its limits", HelpName = "ID" };
        var limits = new Option<string?>("--limits") { Description = "JSON file of limits, which go before the board's", HelpName = "FILE" };
        var record = new Option<string>("--record") { Description = "Where the result is appended, a JSON object a line", HelpName = "FILE", DefaultValueFactory = _ => "factory.jsonl" };
        var serial = new Option<string?>("--serial") { Description = "Number of the unit, for the record", HelpName = "TEXT" };
        var by = new Option<string?>("--operator") { Description = "Who tests, for the record", HelpName = "NAME" };
        var skip = new Option<string[]>("--skip")
        {
            Description = $"Tests to leave out, recorded as skipped: {string.Join(", ", FactoryRun.Names)}",
            HelpName = "TEST",
            AllowMultipleArgumentsPerToken = true,
        };
        skip.AcceptOnlyFromAmong([.. FactoryRun.Names]);
        var json = new Option<bool>("--json") { Description = "The record on standard output instead of a table" };
        var command = new GwCommand("factory", "Tests a node at the end of its production against limits, and records pass or fail.")
        {
            Details = "The node is provisioned for the line's broker and access point. It reports, visits the channels, shows its light and "
                + "display, and starts anew; what is seen and pressed is confirmed at the terminal, and fails when nobody answers. Ends with 1 "
                + "when a test failed. Limits and record: docs/factory.md.",
            Examples =
            [
                "./gw factory line/n0042 --broker 10.0.0.2 --board esp32-s3-devkitc-1 --serial SN0042",
                "./gw factory line/n0042 --broker 10.0.0.2 --board esp32-s3-devkitc-1 --limits jig.json --skip button --json",
            ],
        };
        command.Add(node);
        foreach (Option option in (Option[])[broker.Address, .. broker.Credentials, board, limits, record, serial, by, skip, json])
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            NodeName name = typed.GetRequiredValue(node);
            var request = new FactoryRequest
            {
                Home = name.Home,
                Node = name.Node,
                Broker = broker.Read(typed),
                Limits = Limits(typed.GetValue(board), typed.GetValue(limits)),
                Skip = (typed.GetValue(skip) ?? []).ToHashSet(),
                Serial = typed.GetValue(serial),
                Operator = typed.GetValue(by),
            };
            return Run(request, typed.GetRequiredValue(record), typed.GetValue(json));
        });
        return command;
    }

    private static FactoryLimits Limits(string? board, string? file)
    {
        FactoryLimits? standard = board == null ? null : FactoryLimits.Of(BoardCatalog.BuiltIn.Find(board));
        FactoryLimits? own = file == null ? null : Read(file);
        if (own?.Board is { } other && standard != null && other != standard.Board)
        {
            throw GwException.Usage($"{file}: board: {other}: and --board says {board}");
        }

        return (own, standard) switch
        {
            ({ } first, { } second) => first.Over(second),
            _ => own ?? standard ?? throw GwException.Usage("limits are missing: name the board (--board), a file (--limits), or both"),
        };
    }

    private static FactoryLimits Read(string file)
    {
        using var reader = new StreamReader(InputFile.Open(file));
        (FactoryLimits? limits, string? problem) = FactoryLimits.Parse(reader.ReadToEnd());
        return limits ?? throw GwException.Usage($"{file}: {problem}");
    }

    private static int Run(FactoryRequest request, string recordFile, bool isJson)
    {
        using var stop = new StopSignal();

        // Before the test: a result that cannot be kept is none.
        RecordFile.Append(recordFile, "");
        FactoryRecord record = FactoryRun.Test(request, new TerminalOperator(stop.Token), stop.Token);
        RecordFile.Append(recordFile, $"{record}\n");
        Console.Out.Write(isJson ? $"{record}\n" : Table(record));
        return record.Passed ? ExitCode.Ok : ExitCode.Problem;
    }

    private static string Table(FactoryRecord record) => string.Concat(record.Tests.Select(Line))
        + $"{record.Home}/{record.Node}{(record.Serial == null ? "" : $" ({record.Serial})")}: {(record.Passed ? "PASS" : "FAIL")}\n";

    private static string Line(FactoryTest test) =>
        $"  {test.Name,-10} {(test.Outcome == FactoryOutcome.Pass ? "pass" : test.Outcome == FactoryOutcome.Fail ? "FAIL" : "skipped"),-8} {test.Measured}{(test.Outcome == FactoryOutcome.Fail ? $"; must be: {test.Limit}" : "")}\n";

    /// <summary>Asks on standard error and reads from standard input, so that the result can be piped.</summary>
    private sealed class TerminalOperator(CancellationToken stop) : IOperator
    {
        public bool? Confirm(string question)
        {
            while (true)
            {
                Console.Error.Write($"{question} [y/n] ");
                switch (TerminalInput.ReadLine(stop)?.Trim().ToLowerInvariant())
                {
                    case null:
                        return null;
                    case "y" or "yes":
                        return true;
                    case "n" or "no":
                        return false;
                }
            }
        }

        public void Tell(string what) => Console.Error.WriteLine($"gw: {what}");
    }
}
