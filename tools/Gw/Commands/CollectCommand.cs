using System.CommandLine;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Mqtt;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>collect</c>: a collector in this process, until it is told to stop.</summary>
internal static class CollectCommand
{
    /// <summary>For a collector that lives for its parent: it ends when its standard input does, which is when the parent dies.</summary>
    public const string UntilInputEnds = "--until-input-ends";

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
        foreach (Option option in (Option[])[broker.Address, database, name, .. broker.Credentials, tiedToInput])
        {
            command.Add(option);
        }

        command.SetAction(typed => Run(
            broker.Read(typed), typed.GetRequiredValue(name), typed.GetRequiredValue(database), typed.GetValue(tiedToInput)));
        return command;
    }

    private static int Run(MosquittoOptions broker, string name, string database, bool isTiedToInput)
    {
        using var stop = new StopSignal(ignoreKeyboard: isTiedToInput);
        if (isTiedToInput)
        {
            new Thread(() => WaitForEndOfInput(stop)) { IsBackground = true, Name = "parent" }.Start();
        }

        var source = new MqttReportSource(broker, name, log: Log);
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
