using System.CommandLine;
using System.CommandLine.Parsing;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Mqtt;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>collect</c>: a collector in this process, until it is told to stop.</summary>
internal static class CollectCommand
{
    /// <summary>For a collector that lives for its parent: it ends when its standard input does, which is when the parent dies.</summary>
    public const string UntilInputEnds = "--until-input-ends";

    private const string Version5 = "5";

    /// <summary>How an event stands in a line of the log, between its time and its detail.</summary>
    public static string Word(CollectorEventKind kind) => $" {kind.ToString().ToLowerInvariant()}: ";

    public static Command Create()
    {
        var broker = new BrokerOptions("Broker to subscribe at [default port: 1883]");
        Option<string> database = CommonOptions.Database("Store; made when missing");
        database.Required = true;
        var name = new Option<string>("--name")
        {
            Description = "Name of this collector at the broker, the same at each start",
            HelpName = "ID",
            DefaultValueFactory = _ => "gw",
        };
        var share = new Option<string?>("--share")
        {
            Description = "Shared subscription: collectors of the same group, each with its own --name, divide the nodes' messages",
            HelpName = "GROUP",
        };
        var version = new Option<string>("--mqtt-version") { Description = "MQTT to speak: 3.1.1 or 5", HelpName = "VERSION", DefaultValueFactory = _ => "3.1.1" };
        version.AcceptOnlyFromAmong("3.1.1", Version5);
        name.Validators.Add(MustBeId);
        share.Validators.Add(MustBeId);
        var tiedToInput = new Option<bool>(UntilInputEnds) { Hidden = true };
        var command = new GwCommand("collect", "Stores the reports of every node at a broker, and acknowledges them once they are on disk.")
        {
            Details = "Runs until Ctrl-C or SIGTERM, and reconnects by itself.",
            Examples =
            [
                "./gw collect --broker 127.0.0.1 --db fleet.db",
                "./gw collect --broker mqtt.example.net:1883 --db fleet.db --user collector --password-file secret",
                "./gw collect --broker mqtt.example.net:8883 --db fleet.db --cafile ca.pem --cert me.pem --key me.key",
            ],
        };
        foreach (Option option in (Option[])[broker.Address, database, name, share, version, .. broker.Credentials, tiedToInput])
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            MosquittoOptions options = broker.Read(typed) with { IsVersion5 = typed.GetRequiredValue(version) == Version5 };
            var source = new MqttReportSource(options, typed.GetRequiredValue(name), typed.GetValue(share), Log);
            return Run(source, typed.GetRequiredValue(database), typed.GetValue(tiedToInput));
        });
        return command;
    }

    // Both become part of what is sent to the broker: a slash or a wildcard would mean something else there.
    private static void MustBeId(OptionResult result)
    {
        if (result.Tokens.Count == 1 && !Topics.IsId(result.Tokens[0].Value))
        {
            result.AddError($"{result.Option.Name}: '{result.Tokens[0].Value}' is not 1–64 of A–Z a–z 0–9 . _ -");
        }
    }

    private static int Run(MqttReportSource source, string database, bool isTiedToInput)
    {
        using var stop = new StopSignal(ignoreKeyboard: isTiedToInput);
        if (isTiedToInput)
        {
            new Thread(() => WaitForEndOfInput(stop)) { IsBackground = true, Name = "parent" }.Start();
        }

        CollectorHost.Run(new CollectorOptions { Database = database }, source, Log, stop.Token);
        return ExitCode.Ok;
    }

    private static void Log(CollectorEvent e) =>
        Console.Error.WriteLine($"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'}{Word(e.Kind)}{e.Detail}");

    private static void WaitForEndOfInput(StopSignal stop)
    {
        using Stream input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }

        stop.Request();
    }
}
