using System.Text;
using System.Text.Json;
using GatewayAgent.Gw.Commands;
using GatewayAgent.Gw.Survey;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Support;
using Google.Protobuf;

namespace GatewayAgent.Tests.Gw;

/// <summary><c>gw survey</c> as people run it.</summary>
public sealed class SurveyTests : GwFolder
{
    private const string Branch = "gw/v1/h1/attic/";

    [SharedDataFact]
    public void A_capture_is_shown_as_one_table()
    {
        GwResult shown = GwProcess.Run("survey", "--capture", SharedData.Path("data/beacons/channel6-five-aps.pcap"));

        Assert.Equal(0, shown.ExitCode);
        Assert.Matches(@"│ +6 │ [█·]{12} +│ 58\.5 │ stated", shown.Out);
        Assert.Matches(@"│ +1 │ not listened", shown.Out);
        Assert.DoesNotContain('\e', shown.Out);
    }

    [Fact]
    public void A_node_of_a_simulated_home_hears_its_street()
    {
        GwResult shown = GwProcess.Run("survey", "--demo", "hall", "--speed", "1000", "--json");

        Assert.Equal(0, shown.ExitCode);
        JsonElement map = JsonDocument.Parse(shown.Out.Trim()).RootElement;
        Assert.Equal(6, map.GetProperty("own_channel").GetInt32());
        JsonElement[] channels = [.. map.GetProperty("channels").EnumerateArray()];
        Assert.Equal(("heard", true), (channels[5].GetProperty("state").GetString(), channels[5].GetProperty("own").GetBoolean()));
        Assert.Equal("quiet", channels[1].GetProperty("state").GetString());
        Assert.True(channels[10].GetProperty("utilization_percent").GetDouble() > 0);
        Assert.Equal(JsonValueKind.Null, channels[1].GetProperty("utilization_percent").ValueKind);
    }

    [BrokerFact]
    public void A_stock_node_says_that_its_channels_are_unknown()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();
        using var node = new MosquittoClient(new MosquittoOptions { Port = broker.Port });
        node.Connect(TimeSpan.FromSeconds(30));
        var birth = new State { Status = State.Types.Status.Online, Radio = Source.StockScan, BootId = 1 };
        node.Publish(Branch + "state", birth.ToByteArray(), retain: true);

        GwResult shown = GwProcess.Run("survey", "h1/attic", "--broker", $"127.0.0.1:{broker.Port}");
        GwResult json = GwProcess.Run("survey", "h1/attic", "--broker", $"127.0.0.1:{broker.Port}", "--now", "--json");

        Assert.Equal((0, 0), (shown.ExitCode, json.ExitCode));
        Assert.Equal("""{"node":"h1/attic","radio":"stock","own_channel":null,"windows":0,"seconds":0,"channels":null}""" + "\n", json.Out);
        Assert.Contains("unknown, not idle", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("quiet", shown.Out, StringComparison.Ordinal);
    }

    [BrokerFact]
    public void A_real_node_is_shown_from_its_reports()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();
        using var node = new MosquittoClient(new MosquittoOptions { Port = broker.Port });
        node.Connect(TimeSpan.FromSeconds(30));
        var report = new Report
        {
            BootId = 1,
            Sequence = 1,
            SpanS = 60,
            Link = new Link { Channel = 36 },
            Survey = new Survey { Quiet2G = 1 << 3, QuietDwellCs = { 24 }, Heard = { 36, 5800, 2, 60, 900, 1, 580, 0 } },
        };
        node.Publish(Branch + "report", report.ToByteArray(), retain: true);

        GwResult shown = GwProcess.Run("survey", "h1/attic", "--broker", $"127.0.0.1:{broker.Port}");

        Assert.Equal(0, shown.ExitCode);
        Assert.Matches(@"│ \*36 │ ▒·{11} │ +1\.0 │ at least │ +2 │ +-60 │", shown.Out);
        Assert.Matches(@"│ +3 │ quiet ", shown.Out);
        Assert.Matches(@"│ +40 │ not listened ", shown.Out);
    }

    [BrokerFact]
    public void A_node_that_says_nothing_ends_with_1()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();

        GwResult late = GwProcess.Run("survey", "h1/attic", "--broker", $"127.0.0.1:{broker.Port}", "--within", "1");
        GwResult now = GwProcess.Run("survey", "h1/attic", "--broker", $"127.0.0.1:{broker.Port}", "--within", "1", "--now");

        const string NoSuchNode = "gw: h1/attic: the broker keeps no state of such a node, or this user may not read it; waiting for a report\n";
        Assert.Equal(
            (1, NoSuchNode + "gw: h1/attic: no report within 1 s. Is it online, and may this user read gw/v1/h1/attic/report?\n"), (late.ExitCode, late.Error));
        Assert.Equal((1, NoSuchNode + "gw: h1/attic: no answer within 1 s; the command has expired\n"), (now.ExitCode, now.Error));
    }

    [BrokerFact]
    public void A_node_that_is_offline_is_said_to_be()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();
        using var node = new MosquittoClient(new MosquittoOptions { Port = broker.Port });
        node.Connect(TimeSpan.FromSeconds(30));
        node.Publish(Branch + "state", new State { Status = State.Types.Status.Offline }.ToByteArray(), retain: true);

        GwResult shown = GwProcess.Run("survey", "h1/attic", "--broker", $"127.0.0.1:{broker.Port}", "--within", "1");

        Assert.Equal(1, shown.ExitCode);
        Assert.StartsWith("gw: h1/attic is offline; waiting for a report\n", shown.Error, StringComparison.Ordinal);
    }

    [BrokerFact]
    public void Windows_that_end_during_a_round_are_part_of_its_map()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();
        using var node = new MosquittoClient(new MosquittoOptions { Port = broker.Port });
        uint sequence = 0;
        void Report(uint channel) => node.Publish(
            Branch + "report",
            new Report
            {
                BootId = 1,
                Sequence = ++sequence,
                StartS = 60 * sequence,
                SpanS = 60,
                Survey = new Survey { Heard = { channel, 12, 2, 60, 3, 1, 2, 0 } },
            }.ToByteArray());
        var subscribed = new Inbox<int>();
        node.Subscribed += (_, granted) => subscribed.Add(granted);
        node.MessageReceived += message =>
        {
            string request = Encoding.UTF8.GetString(message.Payload);
            node.Publish(Branch + "cmd/result", Encoding.UTF8.GetBytes(request.Replace("\"expires\"", "\"status\":\"accepted\",\"expires\"", StringComparison.Ordinal)));
            foreach (uint channel in request.Contains("survey-now", StringComparison.Ordinal) ? [1u, 5u] : new[] { 9u })
            {
                Report(channel);
            }
        };
        node.Connect(TimeSpan.FromSeconds(30));
        node.Subscribe(Branch + "cmd");
        subscribed.Take();

        ChannelMap? map = null;
        NodeSurvey.Listen(
            new SurveyRequest
            {
                Node = new NodeName("h1", "attic"),
                Broker = new MosquittoOptions { Port = broker.Port },
                IsNow = true,
                Round = TimeSpan.FromSeconds(1),
                Windows = 1,
                Seed = 0,
                Speed = 1,
                Patience = TimeSpan.FromSeconds(30),
            },
            shown => map = shown,
            CancellationToken.None);

        Assert.Equal(3, map!.Windows);
        Assert.Equal([1, 5, 9], map.Channels().Where(channel => channel.State == ChannelState.Heard).Select(channel => channel.Channel));
    }

    [BrokerFact]
    public void A_node_that_refuses_is_quoted()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();
        using var node = new MosquittoClient(new MosquittoOptions { Port = broker.Port });
        var subscribed = new Inbox<int>();
        node.Subscribed += (_, granted) => subscribed.Add(granted);
        node.MessageReceived += message =>
        {
            string request = Encoding.UTF8.GetString(message.Payload);
            node.Publish(Branch + "cmd/result", Encoding.UTF8.GetBytes(request.Replace("\"expires\"", "\"status\":\"refused\",\"reason\":\"no channels\",\"expires\"", StringComparison.Ordinal)));
        };
        node.Connect(TimeSpan.FromSeconds(30));
        node.Subscribe(Branch + "cmd");
        subscribed.Take();

        GwResult shown = GwProcess.Run("survey", "h1/attic", "--broker", $"127.0.0.1:{broker.Port}", "--now");

        Assert.Equal(1, shown.ExitCode);
        Assert.Contains("survey-now", shown.Error, StringComparison.Ordinal);
        Assert.Contains("refused: no channels", shown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name one")]
    [InlineData("--demo", "hall", "--capture", "x.pcap", "name one")]
    [InlineData("h1/attic", "belong together")]
    [InlineData("--demo", "hall", "--now", "--now belongs")]
    [InlineData("--demo", "cellar", "the home has no node cellar")]
    [InlineData("--capture", "/nowhere.pcap", "no such file")]
    public void What_cannot_be_meant_is_said_in_a_line(params string[] typed)
    {
        GwResult result = GwProcess.Run(["survey", .. typed[..^1]]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(typed[^1], result.Error, StringComparison.Ordinal);
    }
}
