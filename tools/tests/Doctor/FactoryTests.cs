using System.Text;
using System.Text.Json.Nodes;
using GatewayAgent.Doctor.Factory;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Support;
using Google.Protobuf;
using static GatewayAgent.Tests.Doctor.DoctorBench;

namespace GatewayAgent.Tests.Doctor;

/// <summary>The production test, against a broker and something that answers as a node.</summary>
public sealed class FactoryTests : IDisposable
{
    private static readonly FactoryLimits _limits = new()
    {
        RadioAbi = 1,
        Capabilities = 0x0F,
        LinkRssiDbm = new Span(-60, -30),
        Reference = new ReferenceAp(6, new Span(-50, -30)),
        ManagedFreeKib = 40,
        NativeFreeKib = 30,
        Light = true,
        Button = true,
    };

    private readonly DoctorBench _bench = new();
    private readonly State _birth = Birth;
    private readonly Report _report = FreshReport();
    private readonly List<string> _commands = [];
    private uint _bootsAtRestart = 1;
    private int _scansBefore;

    public FactoryTests()
    {
        (_birth.Radio, _birth.RadioAbi, _birth.Capabilities) = (Source.Native, 1, 0x7F);
        _report.Link = new Link { RssiHistogram = { 28, 10 } };
        _report.Survey = new Survey { Heard = { 6, 6000, 1, 41, 100, 0, 0, 0 } };
        _report.Health = new Health { ManagedFreeKib = 64, NativeFreeKib = 48 };
    }

    public void Dispose() => _bench.Dispose();

    [BrokerFact]
    public void A_node_within_all_limits_passes()
    {
        FactoryRecord record = Test(_limits, answer: true);

        Assert.Equal(
            ["radio Pass ABI 1, capabilities 0x7F", "link Pass -46 dBm", "reference Pass -41 dBm", "memory Pass managed 64 KiB, native 48 KiB", "light Pass confirmed", "button Pass confirmed", "flash Pass boot 17, then 18"],
            record.Tests.Select(test => $"{test.Name} {test.Outcome} {test.Measured}"));
        Assert.True(record.Passed);
        Assert.Contains("\"serial\":\"SN1\"", record.ToString(), StringComparison.Ordinal);
    }

    [BrokerFact]
    public void Each_figure_outside_its_limit_fails_by_itself()
    {
        _birth.Capabilities = 0x07;
        _report.Survey.Heard[3] = 70;
        _report.Health.NativeFreeKib = 12;
        _bootsAtRestart = 0;

        FactoryRecord record = Test(_limits, answer: false);

        Assert.Equal(["link"], record.Tests.Where(test => test.Outcome == FactoryOutcome.Pass).Select(test => test.Name));
        Assert.False(record.Passed);
    }

    [BrokerFact]
    public void What_is_skipped_is_recorded_and_a_question_without_an_answer_fails()
    {
        FactoryRecord record = Test(_limits, answer: null, "reference", "flash");

        Assert.Equal(["reference", "flash"], record.Tests.Where(test => test.Outcome == FactoryOutcome.Skipped).Select(test => test.Name));
        Assert.Equal(["light", "button"], record.Tests.Where(test => test.Outcome == FactoryOutcome.Fail).Select(test => test.Name));
    }

    [BrokerFact]
    public void A_stock_image_is_made_to_scan_until_it_has_heard_its_access_point()
    {
        (_birth.Radio, _birth.RadioAbi) = (Source.StockScan, 0);
        _scansBefore = 2;

        FactoryRecord record = Test(_limits with { RadioAbi = 0, Capabilities = null, Light = false, Button = false }, answer: null, "flash");

        Assert.Equal(
            ["radio Pass", "link Pass", "reference Fail", "memory Pass", "flash Skipped"],
            record.Tests.Select(test => $"{test.Name} {test.Outcome}"));
        Assert.Equal("a stock image tells no channels", record.Tests[2].Measured);
        Assert.Equal(["placement", "report-now", "report-now", "report-now", "placement"], _commands);
    }

    [BrokerFact]
    public void A_stock_image_that_never_hears_it_fails()
    {
        (_birth.Radio, _birth.RadioAbi) = (Source.StockScan, 0);
        _scansBefore = int.MaxValue;

        FactoryRecord record = Test(new FactoryLimits { LinkRssiDbm = new Span(-60, -15), NativeFreeKib = 40 }, answer: null, "flash");

        Assert.Equal(["link Fail not heard", "memory Pass managed 64 KiB, native 48 KiB", "flash Skipped "], record.Tests.Select(test => $"{test.Name} {test.Outcome} {test.Measured}"));
        Assert.Equal("placement", _commands[^1]);
    }

    [BrokerFact]
    public void What_has_no_limit_is_not_tested()
    {
        FactoryRecord record = Test(new FactoryLimits(), answer: null);

        Assert.Equal(["flash"], record.Tests.Select(test => test.Name));
        Assert.True(record.Passed);
    }

    [BrokerFact]
    public void A_node_that_is_not_there_fails()
    {
        MosquittoBroker broker = _bench.Broker();

        FactoryRecord record = FactoryRun.Test(Request(broker, _limits) with { Patience = TimeSpan.FromSeconds(1) }, new Answers(true), default);

        Assert.Equal("online", Assert.Single(record.Tests).Name);
        Assert.False(record.Passed);
    }

    [Theory]
    [InlineData("""{"radioAbi":1,"linkRssi":{"least":1,"most":2}}""", "linkRssi")]
    [InlineData("""{"linkRssiDbm":{"least":-30,"most":-60}}""", "linkRssiDbm: least -30 is more than most -60")]
    [InlineData("""{"linkRssiDbm":{"least":-30}}""", "most")]
    [InlineData("""{"reference":{"channel":0,"rssiDbm":{"least":-60,"most":-30}}}""", "reference.channel: 0")]
    [InlineData("""{"radioAbi":0,"reference":{"channel":6,"rssiDbm":{"least":-60,"most":-30}}}""", "stock image")]
    [InlineData("""{"memory":""", "$")]
    [InlineData("null", "no JSON object")]
    [InlineData("""{"reference":{"channel":6,"rssiDbm":null}}""", "reference.rssiDbm: is missing")]
    [InlineData("""{"capabilities":15}""", "capabilities: go with radioAbi")]
    public void A_limits_file_that_cannot_be_meant_is_refused(string text, string problem)
    {
        (FactoryLimits? limits, string? found) = FactoryLimits.Parse(text);

        Assert.Null(limits);
        Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_of_the_documentation_can_be_used()
    {
        string text = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs/factory.md"));
        string example = text.Split("```json\n")[1].Split("```")[0];

        Assert.Null(FactoryLimits.Parse(example).Problem);
    }

    [Fact]
    public void A_board_brings_limits_of_what_is_on_it_and_a_file_goes_before_them()
    {
        FactoryLimits board = FactoryLimits.Of(BoardCatalog.BuiltIn.Find("esp32-s3-devkitc-1"));
        Assert.Equal(
            new FactoryLimits { Board = "esp32-s3-devkitc-1", LinkRssiDbm = new Span(-60, -15), ManagedFreeKib = 256, NativeFreeKib = 40, Light = true, Button = true, Display = false },
            board);
        var reference = new ReferenceAp(6, new Span(-50, -30));
        Assert.Equal(
            board with { Reference = reference, RadioAbi = 1, NativeFreeKib = 50, Light = false },
            new FactoryLimits { Reference = reference, RadioAbi = 1, NativeFreeKib = 50, Light = false }.Over(board));
    }

    private static FactoryRequest Request(MosquittoBroker broker, FactoryLimits limits) => new()
    {
        Home = HomeId,
        Node = NodeId,
        Broker = new MosquittoOptions { Port = broker.Port },
        Limits = limits,
        Serial = "SN1",
        SurveyTime = TimeSpan.FromMilliseconds(10),
    };

    private FactoryRecord Test(FactoryLimits limits, bool? answer, params string[] skip)
    {
        MosquittoBroker broker = _bench.Broker();
        _bench.Retain(broker, $"{HomeId}/{NodeId}", _birth);
        Answer(broker);
        return FactoryRun.Test(Request(broker, limits) with { Skip = skip.ToHashSet() }, new Answers(answer), default);
    }

    // Carries out every command, as far as it can be seen from here.
    private void Answer(MosquittoBroker broker)
    {
        MosquittoClient node = _bench.Keep(new MosquittoClient(new MosquittoOptions { Port = broker.Port }));
        var subscribed = new Inbox<int>();
        node.Subscribed += (_, granted) => subscribed.Add(granted);
        node.MessageReceived += message =>
        {
            JsonNode command = JsonNode.Parse(Encoding.UTF8.GetString(message.Payload))!;
            string name = (string)command["cmd"]!, branch = $"gw/v1/{HomeId}/{NodeId}/";
            node.Publish(branch + "cmd/result", Encoding.UTF8.GetBytes($$"""{"id":"{{command["id"]}}","cmd":"{{name}}","status":"accepted"}"""));
            _commands.Add(name);
            if (name == "report-now")
            {
                Report report = _report.Clone();
                report.Link = _scansBefore-- > 0 ? null : report.Link;
                node.Publish(branch + "report", report.ToByteArray());
            }
            else if (name == "reboot")
            {
                State next = _birth.Clone();
                (next.BootId, next.Boots) = (next.BootId + 1, next.Boots + _bootsAtRestart);
                node.Publish(branch + "state", next.ToByteArray(), retain: true);
            }
        };
        node.Connect(TimeSpan.FromSeconds(30));
        node.Subscribe($"gw/v1/{HomeId}/{NodeId}/cmd");
        subscribed.Take();
    }

    private sealed class Answers(bool? answer) : IOperator
    {
        public bool? Confirm(string question) => answer;

        public void Tell(string what)
        {
        }
    }
}
