using System.CommandLine;
using System.Text.Json;
using GatewayAgent.Gw.Control;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>config</c>: what a node runs on, and how it is given something else.</summary>
internal static class ConfigCommand
{
    /// <summary>The broker sends what it has kept at once.</summary>
    private static readonly TimeSpan _retainedPatience = TimeSpan.FromSeconds(5);

    /// <summary>A trial, and time to come back and tell.</summary>
    private static readonly TimeSpan _trialPatience = TimeSpan.FromMilliseconds(Limits.ConfigTrialMs) + TimeSpan.FromMinutes(5);

    public static Command Create()
    {
        Argument<NodeName> node = NodeName.Argument();
        var broker = new BrokerOptions("Broker of the node [default port: 1883]");
        var set = new Option<string?>("--set") { Description = "Give the node this configuration: a JSON file, or - for standard input", HelpName = "FILE" };
        var wait = new Option<bool>("--wait") { Description = "With --set: wait until the node has applied it, refused it or rolled it back" };
        var command = new GwCommand("config", "Shows what became of a node's configuration, or gives it another.")
        {
            Details = "A configuration stays at the broker, and the node takes it when it is online. It is on trial until something the node sent since is "
                + "acknowledged, 15 minutes at most; then it is applied or rolled back. Ends with 1 when it was refused or rolled back, with the "
                + "reason. Fields: docs/configuration.md",
            Examples =
            [
                "./gw config --broker mqtt.example.net h17/attic",
                "./gw config --broker mqtt.example.net h17/attic --set minute.json --wait",
                "echo '{\"version\":7,\"windowSeconds\":60}' | ./gw config --broker 127.0.0.1 h17/attic --set - --wait",
            ],
        };
        command.Add(node);
        foreach (Option option in (Option[])[broker.Address, set, wait, .. broker.Credentials])
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            MosquittoOptions options = broker.Read(typed);
            NodeName name = typed.GetRequiredValue(node);
            return typed.GetValue(set) is { } file ? Set(options, name, file, typed.GetValue(wait))
                : typed.GetValue(wait) ? throw GwException.Usage("--wait: say what for, with --set")
                : Show(options, name);
        });
        return command;
    }

    private static int Show(MosquittoOptions broker, NodeName node)
    {
        using var stop = new StopSignal();
        using NodeControl control = NodeControl.Open(broker, node, Topics.ConfigState);
        if (control.Await((_, _) => true, _retainedPatience, stop.Token) is { } state)
        {
            return Tell(node, state, state.Status == "trial");
        }

        Console.Error.WriteLine($"gw: {node}: it has told this broker nothing of its configuration");
        return ExitCode.Problem;
    }

    private static int Set(MosquittoOptions broker, NodeName node, string file, bool wait)
    {
        byte[] payload = Read(file);
        long version = VersionOf(file, payload);
        using var stop = new StopSignal();
        using NodeControl control = NodeControl.Open(broker, node, Topics.ConfigState);
        control.Tell(Topics.Config, payload, retain: true);
        if (!wait)
        {
            Console.Out.WriteLine($"{node}: version {version} is at the broker");
            return ExitCode.Ok;
        }

        Console.Error.WriteLine($"gw: {node}: version {version} is at the broker, waiting for the node");
        ControlAnswer? state = control.Await((answer, isRetained) => IsVerdict(node, version, answer, isRetained), _trialPatience, stop.Token);
        if (state != null)
        {
            return Tell(node, state, false);
        }

        Console.Error.WriteLine($"gw: {node}: no answer; it takes the configuration when it is next at this broker");
        return ExitCode.Problem;
    }

    // What the broker had kept is about an earlier configuration. One that the node cannot read has no version.
    private static bool IsVerdict(NodeName node, long version, ControlAnswer answer, bool isRetained)
    {
        if (isRetained || (answer.Version != version && answer.Version != null))
        {
            return false;
        }

        if (answer.Status == "trial")
        {
            Console.Error.WriteLine($"gw: {node}: {answer}");
            return false;
        }

        return true;
    }

    private static int Tell(NodeName node, ControlAnswer state, bool isGood)
    {
        Console.Out.WriteLine($"{node}: {state}");
        return isGood || state.IsGood ? ExitCode.Ok : ExitCode.Problem;
    }

    private static byte[] Read(string file)
    {
        using Stream input = file == "-" ? Console.OpenStandardInput() : InputFile.Open(file);
        var bytes = new byte[Limits.ConfigBytes + 1];
        int length = input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= Limits.ConfigBytes
            ? bytes[..length]
            : throw GwException.Usage($"{file}: more than {Limits.ConfigBytes} bytes, which a node does not take");
    }

    // The rest is the node's to judge: it may be of another version than this program.
    private static long VersionOf(string file, byte[] payload)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("version", out JsonElement element)
                && element.ValueKind == JsonValueKind.Number
                && element.TryGetInt64(out long version))
            {
                return version;
            }
        }
        catch (JsonException e)
        {
            throw GwException.Usage($"{file}: not JSON: {e.Message}");
        }

        throw GwException.Usage($"{file}: a configuration is a JSON object with a \"version\", a number that it has not had before");
    }
}
