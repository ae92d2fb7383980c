using System.Text;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Gw;

/// <summary><c>gw config</c> and <c>gw command</c> against a broker and something that answers as a node.</summary>
public sealed class ControlCommandTests : GwFolder
{
    private const string Branch = "gw/v1/h1/attic/";

    [BrokerFact]
    public void A_configuration_that_is_applied_ends_well()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();
        using MosquittoClient node = Node(broker, "config", _ =>
        [
            """{"version":7,"status":"trial","applied":0}""", """{"version":7,"status":"applied","applied":7}""",
        ]);

        GwResult set = Set(broker, """{"version":7}""");

        Assert.Equal((0, "h1/attic: version 7: applied\n"), (set.ExitCode, set.Out));
        Assert.Contains("version 7: trial", set.Error, StringComparison.Ordinal);
        GwResult shown = GwProcess.Run("config", "--broker", $"127.0.0.1:{broker.Port}", "h1/attic");
        Assert.Equal((0, "h1/attic: version 7: applied\n"), (shown.ExitCode, shown.Out));
    }

    [BrokerFact]
    public void A_refusal_is_shown_with_its_reason_now_and_later()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();
        using MosquittoClient node = Node(broker, "config", _ => ["""{"version":8,"status":"refused","applied":7,"reason":"windowSeconds: 30 is not within 60–3600"}"""]);

        GwResult set = Set(broker, """{"version":8,"windowSeconds":30}""");

        const string Line = "h1/attic: version 8: refused: windowSeconds: 30 is not within 60–3600 (version 7 is applied)\n";
        Assert.Equal((1, Line), (set.ExitCode, set.Out));
        GwResult shown = GwProcess.Run("config", "--broker", $"127.0.0.1:{broker.Port}", "h1/attic");
        Assert.Equal((1, Line), (shown.ExitCode, shown.Out));
    }

    [BrokerFact]
    public void A_command_is_answered_or_expires()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();
        string address = $"127.0.0.1:{broker.Port}";
        using (Node(broker, "cmd", request => [request.Replace("\"expires\"", "\"status\":\"done\",\"expires\"", StringComparison.Ordinal)]))
        {
            GwResult done = GwProcess.Run("command", "--broker", address, "h1/attic", "locate", "--seconds", "5");
            Assert.Equal(0, done.ExitCode);
            Assert.Matches("^h1/attic: locate gw-[0-9a-f]{13}: done\n$", done.Out);
        }

        GwResult late = GwProcess.Run("command", "--broker", address, "h1/attic", "reboot", "--within", "1");
        Assert.Equal((1, "gw: h1/attic: no answer within 1 s; the command has expired\n"), (late.ExitCode, late.Error));
    }

    [Theory]
    [InlineData("config", "x", "--broker", "b", "'x' is not HOME/NODE")]
    [InlineData("command", "h/n", "--broker", "b", "reboots", "did you mean 'reboot'?")]
    [InlineData("config", "h/n", "--broker", "b", "--wait", "--wait: say what for")]
    public void What_cannot_be_meant_is_said_in_a_line(params string[] typed)
    {
        GwResult result = GwProcess.Run(typed[..^1]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(typed[^1], result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "\"version\"")]
    [InlineData("{", "not JSON")]
    public void A_file_that_is_no_configuration_does_not_leave_this_program(string text, string problem)
    {
        GwResult result = GwProcess.Run("config", "--broker", "127.0.0.1:1", "h1/attic", "--set", Written("c.json", Encoding.UTF8.GetBytes(text)));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
    }

    private GwResult Set(MosquittoBroker broker, string config) => GwProcess.Run(
        "config", "--broker", $"127.0.0.1:{broker.Port}", "h1/attic", "--set", Written("config.json", Encoding.UTF8.GetBytes(config)), "--wait");

    /// <summary>Answers what comes on a topic, as a node does.</summary>
    private static MosquittoClient Node(MosquittoBroker broker, string leaf, Func<string, string[]> answers)
    {
        var subscribed = new Inbox<int>();
        var node = new MosquittoClient(new MosquittoOptions { Port = broker.Port });
        string answerTopic = Branch + (leaf == "config" ? "config/state" : "cmd/result");
        node.Subscribed += (_, granted) => subscribed.Add(granted);
        node.MessageReceived += message =>
        {
            foreach (string answer in answers(Encoding.UTF8.GetString(message.Payload)))
            {
                node.Publish(answerTopic, Encoding.UTF8.GetBytes(answer), retain: leaf == "config");
            }
        };
        node.Connect(TimeSpan.FromSeconds(30));
        node.Subscribe(Branch + leaf);
        subscribed.Take();
        return node;
    }
}
