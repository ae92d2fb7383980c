using System.Net;
using GatewayAgent.Doctor;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.Provisioning.Serial;
using GatewayAgent.Tests.Portal;
using static GatewayAgent.Tests.Doctor.DoctorBench;
using PortalRole = GatewayAgent.Portal.Access.Role;
using TokenFile = GatewayAgent.Portal.Access.TokenFile;

namespace GatewayAgent.Tests.Doctor;

/// <summary>Broken set-ups, each made for real, by what is broken. docs/troubleshooting.md has the line that each must lead to.</summary>
internal static class SetUps
{
    private const string Mscorlib = "mscorlib v100.5.0.24, checksum 0x1549C856";
    private const string Name = $"{HomeId}/{NodeId}", Boot = "rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)";
    private static readonly TimeSpan _now = TimeSpan.Zero, _longAgo = TimeSpan.FromHours(3), _soon = TimeSpan.FromSeconds(1);

    public static IReadOnlyDictionary<string, Func<DoctorBench, DoctorRequest>> All { get; } = new Dictionary<string, Func<DoctorBench, DoctorRequest>>
    {
        ["serial port missing"] = _ => Request with { Port = "/dev/ttyUSB-none" },
        ["serial port not permitted"] = _ => Request with { Port = "/sys/kernel/fscaps" },
        ["serial port in use"] = bench =>
        {
            string port = bench.Board(true);
            bench.Keep(SerialPort.Open(port));
            return Request with { Port = port };
        },
        ["board silent"] = bench => Request with { Port = bench.Board(false) },
        ["board in download mode"] = bench => Request with { Port = bench.Board(false, "ESP-ROM:esp32c3-api1-20210207", "rst:0x1 (POWERON),boot:0x7 (DOWNLOAD(USB/UART0/1))", "waiting for download") },
        ["supply too weak"] = bench => Request with { Port = bench.Board(false, Boot, "Brownout detector was triggered", "rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x8 (SPI_FAST_FLASH_BOOT)") },
        ["flash empty"] = bench => Request with { Port = bench.Board(false, Boot, "invalid header: 0xffffffff", "invalid header: 0xffffffff") },
        ["board crashes at each start"] = bench => Request with { Port = bench.Board(false, [.. Enumerable.Repeat<string[]>([Boot, "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.", "Rebooting..."], 3).SelectMany(lines => lines)]) },
        ["agent for another image"] = bench => Request with { Port = bench.Board(true, "Resolving.", "* Invalid native checksum: System.Net 0x11111111!=0x22222222 *") },
        ["runtime without an agent"] = bench => Request with { Port = bench.Board(true, "Cannot find any entrypoint!") },
        ["image of another board"] = bench => Details(bench, bench.Nanoff("ESP32_WROVER_KIT", "1.17.0.5", Mscorlib)),
        ["image too old"] = bench => Details(bench, bench.Nanoff("ESP32_S3_QUAD", "1.12.4.289", Mscorlib)),
        ["image with another native half"] = bench => Details(bench, bench.Nanoff("ESP32_S3_QUAD", "1.17.0.5", "System.Net v100.2.0.11, checksum 0x6DFA71D6")),
        ["agent not whole"] = bench => Details(bench, bench.Nanoff("ESP32_S3_QUAD", "1.17.0.5", Mscorlib, "GatewayAgent, GatewayAgent.App")),
        ["native radio of another ABI on the board"] = bench => Request with { Port = bench.Board(true, "radio: stock image, no channels: the native assembly has ABI 2") },
        ["flash full"] = bench => Request with { Port = bench.Board(true, "radio: native assembly V1, capabilities 0x7F, 2.4 GHz", "boot record: not written") },
        ["not provisioned"] = bench => Request with { Port = bench.Board(true, "gateway-agent 1.0.0: not provisioned: brokerHost: must not be empty") },
        ["node without Wi-Fi"] = bench => Request with { Port = bench.Board(true, "mqtt: mqtt.example.net:8883: no way there (host or network unreachable)") },
        ["node cannot look the broker up"] = bench => Request with { Port = bench.Board(true, "mqtt: mqtt.exmaple.net:8883: the host name cannot be looked up") },
        ["node's clock not set, by its log"] = bench => Request with { Port = bench.Board(true, "mqtt: mqtt.example.net:8883: the broker's certificate is refused: it is not valid yet, or this device does not know the time; (TLS code 512)") },

        ["files: folder without agent.json"] = _ => Request with { Files = Path.GetTempPath() },
        ["files: a field out of its range"] = bench => Request with { Files = bench.Files(1883, "\"brokerTls\":false,\"windowSeconds\":30") },
        ["files: a field misspelt"] = bench => Request with { Files = bench.Files(1883, "\"brokerTLS\":false") },
        ["files: of another node"] = bench => Request with { Files = bench.Files(1883, node: "cellar") },
        ["files: another broker"] = bench => At(bench.Broker()) with { Files = bench.Files(1) },
        ["files: no authority"] = bench => Request with { Files = bench.Files(8883, "\"brokerTls\":true") },
        ["files: key not of the certificate"] = bench => Request with { Files = bench.TlsFiles(8883, bench.Authority.IssueClient(NodeId), keyOf: bench.Authority.IssueClient(NodeId)) },
        ["files: certificate expired"] = bench => Request with { Files = bench.TlsFiles(8883, bench.Authority.IssueClient(NodeId, expired: true)) },
        ["files: certificate of another node"] = bench => Request with { Files = bench.TlsFiles(8883, bench.Authority.IssueClient("cellar")) },

        ["broker's name does not resolve"] = _ => Request with { Broker = new MosquittoOptions { Host = "broker.invalid", Port = 1883 } },
        ["broker down"] = _ => Request with { Broker = new MosquittoOptions { Host = "127.0.0.1", Port = LoopbackPort.Find() } },
        ["TLS at the plain port"] = bench => bench.AtTls(bench.Broker()),
        ["no TLS at the TLS port"] = bench => At(bench.TlsBroker(bench.Authority.IssueBroker(["127.0.0.1"]))),
        ["broker's authority unknown"] = bench => bench.AtTls(bench.TlsBroker(bench.Authority.IssueBroker(["127.0.0.1"])), bench.Keep(new LabAuthority())),
        ["broker's certificate expired"] = bench => bench.AtTls(bench.TlsBroker(bench.Authority.IssueBroker(["127.0.0.1"], expired: true))),
        ["broker's certificate for another name"] = bench => bench.AtTls(bench.TlsBroker(bench.Authority.IssueBroker(["mqtt.example.net"]))),
        ["node's certificate of another authority"] = bench =>
        {
            MosquittoBroker broker = bench.TlsBroker(bench.Authority.IssueBroker(["127.0.0.1"]), bench.Authority.CertificateFile);
            return Request with { Files = bench.TlsFiles(broker.Port, bench.Keep(new LabAuthority()).IssueClient(NodeId)) };
        },
        ["wrong password"] = bench => At(bench.Broker(BrokerUser.Engineer("eng", "right")), "eng", "wrong"),
        ["no user given"] = bench => At(bench.Broker(BrokerUser.Engineer("eng", "right"))),
        ["node's password wrong"] = bench => Request with { Files = bench.Files(bench.Broker(BrokerUser.Node(HomeId, NodeId, "right")).Port, "\"brokerTls\":false,\"brokerPassword\":\"wrong\"") },
        ["access list: node may not write"] = bench => AsNode(bench, BrokerUser.Node(HomeId, NodeId, "pw") with { Writes = [] }),
        ["access list: node may not read"] = bench => AsNode(bench, BrokerUser.Node(HomeId, NodeId, "pw") with { Reads = [] }),
        ["access list: node in another home"] = bench => AsNode(bench, BrokerUser.Node("h71", NodeId, "pw")),
        ["access list: user may not read"] = bench =>
        {
            MosquittoBroker broker = bench.Broker(BrokerUser.Collector("all", "all"), BrokerUser.Engineer("eng", "pw") with { Reads = [] });
            bench.Retain(broker, Name, Birth, "all");
            return At(broker, "eng", "pw") with { Store = bench.Store((_now, Name, Birth), (_now, Name, FreshReport())) };
        },
        ["access list: user may not command"] = bench =>
        {
            MosquittoBroker broker = bench.Broker(BrokerUser.Collector("all", "all"), BrokerUser.Engineer("eng", "pw") with { Writes = [] });
            bench.Retain(broker, Name, Birth, "all");
            return At(broker, "eng", "pw") with { Ask = true };
        },

        ["node under another home"] = bench => Online(bench, "h18/attic"),
        ["name misspelt"] = bench => Online(bench, $"{HomeId}/atic"),
        ["node never connected"] = bench => Online(bench, $"{HomeId}/kitchen"),
        ["node offline"] = bench => Kept(bench, new State { Status = State.Types.Status.Offline }) with { Store = bench.Store((_longAgo, Name, Birth), (TimeSpan.FromHours(2), Name, new State { Status = State.Types.Status.Offline })) },
        ["whole home offline"] = bench =>
        {
            MosquittoBroker broker = bench.Broker();
            bench.Retain(broker, Name, new State { Status = State.Types.Status.Offline });
            bench.Retain(broker, $"{HomeId}/hall", new State { Status = State.Types.Status.Offline });
            return At(broker);
        },
        ["node in safe mode"] = bench => Kept(bench, With(birth => birth.Mode = Mode.Safe)),
        ["node in a boot loop"] = bench =>
        {
            MosquittoBroker broker = bench.Broker();
            bench.Retain(broker, Name, With(birth => birth.ResetCause = ResetCause.TaskWatchdog));
            bench.Keep(new RestartingNode(broker.Port, Name));
            return At(broker);
        },
        ["radio of another ABI"] = bench => Kept(bench, With(birth => (birth.RadioAbi, birth.Radio) = (2, Source.Native))),
        ["configuration refused"] = bench => Configured(bench, """{"version":8,"status":"refused","applied":7,"reason":"windowSeconds: 30 is not within 60–3600"}"""),
        ["configuration not taken"] = bench => Configured(bench, """{"version":7,"status":"applied","applied":7}""", """{"version":8}"""),
        ["flash full, by the configuration's state"] = bench => Configured(bench, """{"version":8,"status":"refused","applied":7,"reason":"flash did not take it"}"""),
        ["windows longer than asked"] = bench => Configured(bench, """{"version":8,"status":"applied","applied":8}""", """{"version":8,"windowSeconds":60}"""),
        ["node silent for hours"] = bench => Kept(bench, Birth) with { Store = bench.Store((_longAgo, Name, Birth), (_longAgo, Name, FreshReport(-_longAgo)), (_now, "h18/hall", FreshReport())) },
        ["node hangs"] = bench => Kept(bench, Birth) with { Ask = true },
        ["reports not sound"] = bench => Asked(bench, new Report { BootId = 1 }),
        ["node's clock stale"] = bench => Asked(bench, FreshReport(TimeSpan.FromDays(-2))),
        ["node's Wi-Fi weak"] = bench => Asked(bench, Changed(report => report.Link = new Link { RssiHistogram = { 6, 300 } })),
        ["node has lost reports"] = bench => Asked(bench, Changed(report => report.Losses = new Losses { Reports = 12, ReportSeconds = 3600 })),
        ["collector down"] = bench => Asked(bench, FreshReport()) with { Collector = new Uri($"http://127.0.0.1:{LoopbackPort.Find()}") },
        ["collector without its broker"] = bench => Asked(bench, FreshReport()) with { Collector = bench.Keep(PortalFixture.Open(vitals: () => Vitals(isConnected: false))).Url },
        ["collector has stopped storing"] = bench => Kept(bench, Birth) with { Store = bench.Store((_longAgo, Name, Birth), (_longAgo, Name, FreshReport(-_longAgo))) },
        ["store without the node"] = bench => Asked(bench, FreshReport()) with { Store = bench.Store((_now, $"{HomeId}/hall", FreshReport())) },
        ["store not there"] = bench => Asked(bench, FreshReport()) with { Store = Path.Combine(Path.GetTempPath(), "no such store.db") },
        ["collector quarantines the reports"] = bench => Kept(bench, Birth) with { Store = bench.Store((_longAgo, Name, Birth), (_now, Name, new Report { BootId = 1 })) },

        // Unusual, or two faults at once: the first on the way is named.
        ["this machine's clock two years fast"] = bench => Request with
        {
            Clock = new ManualClock(Now.AddYears(2)),
            Files = bench.TlsFiles(8883, bench.Authority.IssueClient(NodeId)),
            Collector = bench.Keep(PortalFixture.Open(vitals: () => Vitals(isConnected: true))).Url,
        },
        ["this machine's clock two years slow"] = bench => Request with
        {
            Clock = new ManualClock(Now.AddYears(-2)),
            Files = bench.TlsFiles(8883, bench.Authority.IssueClient(NodeId)),
            Store = bench.Store((_longAgo, Name, Birth)),
        },
        ["supply too weak, and wrong password"] = bench => At(bench.Broker(BrokerUser.Engineer("eng", "right")), "eng", "wrong") with { Port = bench.Board(false, Boot, "Brownout detector was triggered") },
        ["files: a field misspelt, and broker down"] = bench => Request with { Files = bench.Files(LoopbackPort.Find(), "\"brokerTls\":false,\"windowSecond\":60") },
        ["files: an inner field misspelt"] = bench => Request with { Files = bench.Files(1883, "\"brokerTls\":false,\"light\":{\"pn\":48}") },
        ["files: certificate expired, and broker down"] = bench => Request with { Files = bench.TlsFiles(LoopbackPort.Find(), bench.Authority.IssueClient(NodeId, expired: true)) },
        ["files: certificate not signed yet"] = bench => Request with { Files = bench.WaitingFiles() },
        ["broker on IPv6 only"] = bench => Request with { Broker = new MosquittoOptions { Host = "six.example", Port = LoopbackPort.Find() }, Resolve = Leading(IPAddress.IPv6Loopback) },
        ["broker's name leads to another broker"] = bench => bench.AtTls(bench.TlsBroker(bench.Keep(new LabAuthority()).IssueBroker(["other.example"])), host: "mqtt.example") with { Resolve = Leading(IPAddress.Loopback) },
        ["broker takes connections and never answers"] = bench => Request with { Broker = new MosquittoOptions { Port = bench.Silence() }, Patience = _soon },
        ["broker takes connections and never answers, TLS"] = bench => Request with { Broker = new MosquittoOptions { Port = bench.Silence(), Tls = new MosquittoTls { CaFile = bench.Authority.CertificateFile } }, Patience = _soon },
        ["authority expired, the broker's certificate valid"] = bench => bench.AtExpiredAuthority(),
        ["broker's certificate expired, and for another name"] = bench => bench.AtTls(bench.TlsBroker(bench.Authority.IssueBroker(["mqtt.example.net"], expired: true))),
        ["broker speaks TLS 1.3 only"] = bench => Request with { Files = bench.TlsFiles(bench.Tls13(bench.Authority.IssueBroker(["127.0.0.1"])), bench.Authority.IssueClient(NodeId)) },
        ["own certificate and key do not fit"] = bench =>
        {
            DoctorRequest request = bench.AtTls(bench.TlsBroker(bench.Authority.IssueBroker(["127.0.0.1"])));
            MosquittoTls tls = request.Broker!.Tls! with { CertificateFile = bench.Authority.IssueClient("a").CertificateFile, KeyFile = bench.Authority.IssueClient("b").KeyFile };
            return request with { Broker = request.Broker with { Tls = tls } };
        },
        ["node revoked"] = bench => Request with { Files = bench.RevokedFiles() },
        ["node without a password at a broker that wants one"] = bench => Request with { Files = bench.Files(bench.Broker(BrokerUser.Node(HomeId, NodeId, "right")).Port) },
        ["node moved to another home, its old state left behind"] = bench =>
        {
            MosquittoBroker broker = bench.Broker();
            bench.Retain(broker, Name, new State { Status = State.Types.Status.Offline });
            bench.Retain(broker, "h18/attic", Birth);
            return At(broker);
        },
        ["two nodes of one name throw each other out"] = bench =>
        {
            MosquittoBroker broker = bench.Broker();
            bench.Keep(new QuarrellingNode(broker.Port, Name));
            bench.Keep(new QuarrellingNode(broker.Port, Name));
            return At(broker);
        },
        ["node offline, and collector down"] = bench => Kept(bench, new State { Status = State.Types.Status.Offline }) with { Collector = new Uri($"http://127.0.0.1:{LoopbackPort.Find()}") },
        ["collector's token not taken"] = bench =>
        {
            PortalFixture portal = bench.Keep(PortalFixture.WithTokens(vitals: () => Vitals(isConnected: true)));
            return Asked(bench, FreshReport()) with { Collector = portal.Url, Token = TokenFile.Add(portal.TokenFile, "old", PortalRole.Operator, ["*"], SampleHome.Now.AddDays(-1)) };
        },
        ["reports at the broker, and no longer stored"] = bench => Asked(bench, FreshReport()) with
        {
            Store = bench.Store((_longAgo, Name, Birth), (_longAgo, Name, Changed(report => report.Sequence = 250)), (_now, "h18/hall", FreshReport())),
        },
    };

    internal static DoctorRequest Kept(DoctorBench bench, State state)
    {
        MosquittoBroker broker = bench.Broker();
        bench.Retain(broker, Name, state);
        return At(broker);
    }

    internal static DoctorRequest Asked(DoctorBench bench, Report report)
    {
        MosquittoBroker broker = bench.Broker();
        bench.Retain(broker, Name, Birth);
        bench.ReportWhenAsked(broker, report);
        return At(broker) with { Ask = true };
    }

    internal static GatewayAgent.Collector.CollectorVitals Vitals(bool isConnected) => new()
    {
        IsConnected = isConnected,
        IsStoreWritable = true,
        QueueLength = 0,
        QueueCapacity = 100,
        Batches = 1,
        BatchMessages = 1,
        BatchSeconds = 0.1,
        LongestBatchSeconds = 0.1,
        WriteFailures = 0,
        AcksSent = 1,
        AcksFailed = 0,
        Disconnects = 0,
        Assessments = 0,
        AssessorLag = null,
    };

    private static Func<string, CancellationToken, Task<IPAddress[]>> Leading(IPAddress address) => (_, _) => Task.FromResult<IPAddress[]>([address]);

    private static DoctorRequest Details(DoctorBench bench, string nanoff) => Request with { Port = bench.Board(true), Nanoff = nanoff };

    private static DoctorRequest AsNode(DoctorBench bench, BrokerUser user) =>
        Request with { Files = bench.Files(bench.Broker(user).Port, "\"brokerTls\":false,\"brokerPassword\":\"pw\"") };

    private static DoctorRequest Online(DoctorBench bench, string name)
    {
        MosquittoBroker broker = bench.Broker();
        bench.Retain(broker, name, Birth);
        return At(broker);
    }

    private static DoctorRequest Configured(DoctorBench bench, string answer, string? desired = null)
    {
        MosquittoBroker broker = bench.Broker();
        bench.Retain(broker, Name, Birth);
        bench.Config(broker, answer, desired);
        return At(broker);
    }

    private static State With(Action<State> change)
    {
        State birth = Birth;
        change(birth);
        return birth;
    }

    private static Report Changed(Action<Report> change)
    {
        Report report = FreshReport();
        change(report);
        return report;
    }
}
