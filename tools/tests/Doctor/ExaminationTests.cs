using System.Text.Json;
using GatewayAgent.Doctor;
using GatewayAgent.Doctor.Probes;
using GatewayAgent.Mosquitto;
using GatewayAgent.Provisioning.Kits;
using GatewayAgent.Tests.Portal;
using GatewayAgent.Tests.Provisioning;
using GatewayAgent.Tests.Support;
using Google.Protobuf;
using static GatewayAgent.Tests.Doctor.DoctorBench;

namespace GatewayAgent.Tests.Doctor;

/// <summary>What the doctor says when nothing is wrong, and of what it could not look at.</summary>
public sealed class ExaminationTests
{
    private const string Name = $"{HomeId}/{NodeId}";

    [BrokerFact]
    public void A_node_that_is_well_is_called_so_from_the_cable_to_the_store()
    {
        using var bench = new DoctorBench();
        MosquittoBroker broker = bench.Broker(BrokerUser.Collector("all", "all"), BrokerUser.Node(HomeId, NodeId, "pw"));
        bench.Retain(broker, Name, Birth, "all");
        using PortalFixture portal = PortalFixture.Open(vitals: () => SetUps.Vitals(isConnected: true));

        Examination examination = Examiner.Examine(
            At(broker, "all", "all") with
            {
                Files = bench.Files(broker.Port, "\"brokerTls\":false,\"brokerPassword\":\"pw\""),
                Port = bench.Board(true, "Starting...", "radio: native assembly V1, capabilities 0x7F, 2.4 GHz"),
                Store = bench.Store((TimeSpan.Zero, Name, Birth), (TimeSpan.Zero, Name, FreshReport())),
                Collector = portal.Url,
            },
            default);

        Assert.Empty(examination.Of(Outcome.Wrong));
        Assert.Equal(["flash", "certificates", "TLS"], examination.Of(Outcome.Unknown).Select(finding => finding.Check));
        Assert.StartsWith($"{Name}: nothing wrong was found\n", ExaminationText.Of(examination), StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_of_the_lock_is_fine()
    {
        using var bench = new DoctorBench();

        Examination examination = Examiner.Examine(
            Request with { Port = bench.Board(true), Nanoff = bench.Nanoff("ESP32_S3_QUAD", "1.17.0.5", "mscorlib v100.5.0.24, checksum 0x1549C856") }, default);

        Assert.Equal(Verdict.Fine("ESP32_S3_QUAD 1.17.0.5, with the agent 1.0.0.0"), examination.Findings.Single(finding => finding.Check == "image").Verdict);
    }

    [Fact]
    public void What_nobody_asked_for_is_never_called_fine()
    {
        Examination examination = Examiner.Examine(Request with { Files = null, Home = null, Node = null }, default);

        Assert.All(examination.Findings, finding => Assert.Equal(Outcome.Unknown, finding.Verdict.Outcome));
        Assert.All(examination.Findings, finding => Assert.NotEmpty(finding.Verdict.Text));
        Assert.StartsWith("the node: nothing could be checked\n", ExaminationText.Of(examination), StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_after_the_fault_is_not_called_fine()
    {
        Examination examination = Examiner.Examine(Request with { Broker = new MosquittoOptions { Port = LoopbackPort.Find() } }, default);

        Assert.Equal("connection", examination.First!.Check);
        Assert.Equal(["broker's name"], examination.Of(Outcome.Fine).Select(finding => finding.Check));
    }

    [Fact]
    public void The_text_says_what_is_wrong_how_it_is_known_and_what_to_do()
    {
        var examination = new Examination("h/n",
        [
            new Finding("serial port", Verdict.Unknown("no board on a cable: give --port")),
            new Finding("login", Verdict.Wrong("the broker refuses user 'me' or the password", "a connection as me", "check --user")),
            new Finding("online", Verdict.Wrong("h/n is offline", "its will", "look at it")),
            new Finding("TLS", Verdict.Fine("good")),
        ]);

        Assert.Equal(
            """
            login: the broker refuses user 'me' or the password
              how it is known: a connection as me
              what to do:      check --user

            Wrong as well, perhaps for the same reason:
              online  h/n is offline

            Fine:
              TLS  good

            Not checked:
              serial port  no board on a cable: give --port

            """,
            ExaminationText.Of(examination));
        JsonElement json = JsonDocument.Parse(ExaminationJson.Of(examination)).RootElement;
        Assert.Equal("login", json.GetProperty("first").GetString());
        Assert.Equal(["unknown", "wrong", "wrong", "fine"], json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("outcome").GetString()!));
    }

    [BrokerFact]
    public void The_same_broker_by_another_name_is_not_another_broker()
    {
        using var bench = new DoctorBench();
        MosquittoBroker broker = bench.Broker();
        bench.Retain(broker, Name, Birth);
        DoctorRequest request = At(broker) with { Files = bench.Files(broker.Port) };

        Examination examination = Examiner.Examine(request with { Broker = request.Broker! with { Host = "localhost" } }, default);

        Assert.Empty(examination.Of(Outcome.Wrong));
    }

    [BrokerFact]
    public void A_node_of_a_kit_is_well_by_its_own_files_and_for_the_kits_collector()
    {
        using var bench = new DoctorBench();
        int port = LoopbackPort.Find();
        using var kit = new KitLab { Request = new KitRequest { Host = "127.0.0.1", Port = port } };
        kit.Provision(KitLab.Plan(HomeId, NodeId));
        using var broker = new KitBroker(kit, port);
        using MosquittoClient node = new(broker.Node(NodeId));
        var taken = new Inbox<int>();
        node.Published += taken.Add;
        node.Connect(TimeSpan.FromSeconds(30));
        node.Publish($"gw/v1/{Name}/state", Birth.ToByteArray(), retain: true);
        taken.Take();

        Examination examination = Examiner.Examine(Request with { Files = kit.InKit($"nodes/{NodeId}"), Broker = broker.Collector() }, default);

        Assert.Empty(examination.Of(Outcome.Wrong));
        Assert.True(node.IsConnected);
    }

    [Fact]
    public void A_broker_that_ends_a_handshake_by_an_alert_speaks_tls()
    {
        var way = new BrokerEvidence
        {
            Options = new MosquittoOptions { Tls = new MosquittoTls() },
            IsNode = true,
            Tls = new TlsEvidence { HandshakeProblem = "error:0A000412:SSL routines::sslv3 alert bad certificate" },
        };

        Assert.Null(TlsJudge.Problem(way, Now));
        Assert.Contains("speaks no TLS", TlsJudge.Problem(way with { Tls = new TlsEvidence { HandshakeProblem = "Received an unexpected EOF or 0 bytes from the transport stream." } }, Now)!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_node_says_does_not_command_the_terminal()
    {
        var examination = new Examination("h/n", [new Finding("boots", Verdict.Wrong("words: \x1B[2J\nFine:", "\r", "\u0085"))]);

        Assert.Equal("boots: words: \uFFFD[2J\uFFFDFine:\n  how it is known: \uFFFD\n  what to do:      \uFFFD\n", ExaminationText.Of(examination));
    }

    [BrokerFact]
    public void No_password_is_ever_shown()
    {
        using var bench = new DoctorBench();
        MosquittoBroker broker = bench.Broker(BrokerUser.Engineer("eng", "right"));

        Examination examination = Examiner.Examine(
            At(broker, "eng", "hush-hush-1") with { Files = bench.Files(broker.Port, "\"brokerTls\":false,\"brokerPassword\":\"hush-hush-2\"") }, default);

        Assert.DoesNotContain("hush-hush", ExaminationText.Of(examination) + ExaminationJson.Of(examination), StringComparison.Ordinal);
    }
}
