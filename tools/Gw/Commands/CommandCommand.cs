using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayAgent.Gw.Control;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>command</c>: tells a node to do something, and waits for its answer.</summary>
internal static class CommandCommand
{
    private const int LeastPatience = 1;

    /// <summary>A node takes a day, by its own clock: an hour is left for that to be slow.</summary>
    public const int MostPatience = Limits.CommandLifeSeconds - 3600;

    private const int UsualPatience = 60;
    private const int UsualLocate = 60;

    private static readonly string[] _names = ["survey-now", "locate", "placement", "report-now", "reboot"];

    public static Command Create()
    {
        Argument<NodeName> node = NodeName.Argument();
        var what = new Argument<string>("COMMAND") { Description = string.Join(", ", _names) };
        var broker = new BrokerOptions("Broker of the node [default port: 1883]");
        Option<int> seconds = CommonOptions.Number("--seconds", "With locate: how long", 1, Limits.LocateMaxSeconds, UsualLocate);
        var off = new Option<bool>("--off") { Description = "With placement: end it" };
        Option<int> patience = CommonOptions.Number(
            "--within", "Seconds in which the node must take it, and this program waits", LeastPatience, MostPatience, UsualPatience);
        var command = new GwCommand("command", "Tells a node to do something, once, and waits for its answer.")
        {
            Details = "The command expires: a node that is not there in time does not run it later. Ends with 1 when it was not carried out, with the reason.",
            Examples =
            [
                "./gw command --broker mqtt.example.net h17/attic locate --seconds 120",
                "./gw command --broker mqtt.example.net h17/attic placement",
                "./gw command --broker mqtt.example.net h17/attic reboot --within 300",
            ],
        };
        command.Add(node);
        command.Add(what);
        foreach (Option option in (Option[])[broker.Address, seconds, off, patience, .. broker.Credentials])
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            string name = Known(typed.GetRequiredValue(what));
            var expires = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(typed.GetValue(patience));
            JsonObject request = new() { ["id"] = $"gw-{Guid.NewGuid():N}"[..16], ["cmd"] = name, ["expires"] = expires.ToUnixTimeSeconds() };
            if (name == "locate")
            {
                request["seconds"] = typed.GetValue(seconds);
            }
            else if (name == "placement")
            {
                request["on"] = !typed.GetValue(off);
            }

            return Run(broker.Read(typed), typed.GetRequiredValue(node), request, TimeSpan.FromSeconds(typed.GetValue(patience)));
        });
        return command;
    }

    private static int Run(MosquittoOptions broker, NodeName node, JsonObject request, TimeSpan patience)
    {
        string id = (string)request["id"]!;
        using var stop = new StopSignal();
        using NodeControl control = NodeControl.Open(broker, node, Topics.CommandResult);
        control.Tell(Topics.Command, JsonSerializer.SerializeToUtf8Bytes(request), retain: false);
        if (control.Await((answer, _) => answer.Id == id, patience, stop.Token) is { } result)
        {
            Console.Out.WriteLine($"{node}: {result}");
            return result.IsGood ? ExitCode.Ok : ExitCode.Problem;
        }

        Console.Error.WriteLine($"gw: {node}: no answer within {patience.TotalSeconds:0} s; the command has expired");
        return ExitCode.Problem;
    }

    private static string Known(string name)
    {
        if (_names.Contains(name))
        {
            return name;
        }

        string guess = NearestWord.To(name, _names) is { } near ? $": did you mean '{near}'?" : $". Known are {string.Join(", ", _names)}";
        throw GwException.Usage($"unknown command '{name}' for a node{guess}");
    }
}
