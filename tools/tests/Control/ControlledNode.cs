using System.Text;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Mqtt;
using GatewayAgent.Collector.Store;
using GatewayAgent.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector;
using GatewayAgent.Tests.Gw;
using GatewayAgent.Tests.Mosquitto;
using GatewayAgent.VirtualDevice.Homes;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Tests.Control;

/// <summary>
/// A node in a quiet home, with a flash, at a real broker with passwords or TLS; a collector that stores what it says, and an operator. Virtual
/// time runs in slices, between which is looked at what came.
/// </summary>
internal sealed class ControlledNode : IDisposable
{
    public const long StartTime = 1_790_000_000;

    private const string NodeName = "hall", Branch = "gw/v1/home/hall/", Password = "a password";
    private const int SliceSeconds = 5, MostSlices = 3000;
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("gw-controlled-");
    private readonly TemporaryStore _store = new();
    private readonly LabAuthority? _authority;
    private readonly Action<AgentSettings> _provision;
    private readonly CollectorHost _collector;
    private readonly Peer _operator;
    private readonly List<VirtualBoot> _earlierBoots = [];
    private HomeRun _home;
    private uint _bootId = 100;
    private long _bootedAt;

    /// <param name="tls">All speak TLS, each with its certificate.</param>
    /// <param name="provision">Changes what the node is provisioned with.</param>
    public ControlledNode(bool tls = false, Action<AgentSettings>? provision = null)
    {
        _provision = provision ?? (_ => { });
        _authority = tls ? new LabAuthority() : null;
        LabIdentity? brokers = _authority?.IssueBroker(["127.0.0.1"]);
        Broker = MosquittoBroker.Start(new MosquittoBrokerOptions
        {
            Users =
            [
                BrokerUser.Node("home", NodeName, Password), BrokerUser.Collector("collector", Password), BrokerUser.Operator("operator", Password),
            ],
            Tls = brokers == null ? null : (brokers.CertificateFile, brokers.KeyFile),
            ClientAuthority = _authority?.CertificateFile,
        });
        _collector = Collect();
        _operator = Peer.Connect(Broker, Client("operator"));
        _operator.Subscribe($"{Branch}config/state");
        _operator.Subscribe($"{Branch}cmd/result");
        _home = NewHome();
    }

    public MosquittoBroker Broker { get; }

    public VirtualNode Node => _home.Nodes[0];

    /// <summary>What the node said of its configuration and answered to commands, in order, as it was heard so far.</summary>
    public List<ControlAnswer> Answers { get; } = [];

    /// <summary>Seconds that the home has lived.</summary>
    public long Second { get; private set; }

    /// <summary>Unix seconds in the home.</summary>
    public long Now => StartTime + Second;

    public CollectorStore Store() => CollectorStore.Open(_store.Path);

    public void Configure(string json) => Tell("config", json, retain: true);

    public void Command(string json) => Tell("cmd", json, retain: false);

    /// <summary>A command that is in time.</summary>
    public void Command(string id, string name, string more = "") =>
        Command($$"""{"id":"{{id}}","cmd":"{{name}}"{{more}},"expires":{{Now + 80_000}}}""");

    /// <summary>Lets virtual time run until something is so.</summary>
    public void RunUntil(Func<bool> isSo, string what)
    {
        for (int slice = 0; !HearAnd(isSo); slice++)
        {
            Assert.True(slice < MostSlices, $"in vain for {what}; the node said: {string.Join("; ", Answers)}; the collector: {_collector.Counters}");
            RunFor(SliceSeconds);
        }
    }

    /// <summary>Lets virtual time run until the collector has stored this as the last word on the configuration, or on a command.</summary>
    public void RunUntilStored(string answer) => RunUntil(
        () =>
        {
            using CollectorStore store = Store();
            return store.ConfigStates().Concat(store.CommandResults()).Any(stored => $"{stored.Answer}" == answer);
        },
        $"\"{answer}\" in the store");

    public void RunUntilAnswer(string answer) => RunUntil(() => Answers.Exists(heard => heard.ToString() == answer), answer);

    public void RunFor(long seconds)
    {
        Second += seconds;
        _home.Run(Second - _bootedAt, CancellationToken.None);
    }

    /// <summary>The power goes, and comes back at once: a new agent on the same flash.</summary>
    public void CutPower()
    {
        _earlierBoots.AddRange(Node.Boots);
        _home.Dispose();
        _bootedAt = Second;
        _home = NewHome();
    }

    /// <summary>Everything that was closed is in the store, once, and nothing else.</summary>
    public void AssertAllIsStoredOnce()
    {
        Assert.True(_home.Finish(CancellationToken.None), "reports are left");
        using CollectorStore store = Store();
        Assert.All(_earlierBoots.Concat(Node.Boots), boot => Assert.Equal(boot.Reports, store.Totals("home", NodeName, boot.BootId).Sequences));
        CollectorCounters counters = store.Counters();
        Assert.Equal((0, 0, 0), (store.MissingSequences(), counters.Overlaps, counters.Rejected));
        Assert.Equal(0, _store.Scalar("SELECT count(*) FROM (SELECT start_s FROM reports WHERE part = 0 GROUP BY boot_key, start_s HAVING count(*) > 1)"));
        Losses losses = Assert.Single(store.Nodes()).Report?.Losses ?? new Losses();
        Assert.Equal((0u, 0u, 0u), (losses.Reports, losses.Unconfirmed, losses.RestartSeconds));
    }

    /// <summary>Runs <c>gw config</c> or <c>gw command</c> as the operator.</summary>
    public GwResult Gw(string command, params string[] more) =>
        GwProcess.Run([command, "--broker", $"{Broker.Host}:{Broker.Port}", .. Credentials(), $"home/{NodeName}", .. more]);

    public void Dispose()
    {
        _home.Dispose();
        _operator.Dispose();
        _collector.Dispose();
        Broker.Dispose();
        _store.Dispose();
        _authority?.Dispose();
        _files.Delete(recursive: true);
    }

    private bool HearAnd(Func<bool> isSo)
    {
        while (_operator.Messages.TryTake(_look, out Received? heard))
        {
            Assert.True(ControlAnswer.TryRead(heard.Payload, out ControlAnswer? answer, out string? problem), problem);
            Answers.Add(answer);
        }

        return isSo();
    }

    private void Tell(string leaf, string json, bool retain)
    {
        _operator.Client.Publish(Branch + leaf, Encoding.UTF8.GetBytes(json), retain: retain);
        _operator.Acknowledged.Take();
    }

    private CollectorHost Collect()
    {
        using var connected = new ManualResetEventSlim();
        MosquittoOptions options = Client("collector") with { Host = Broker.Host, Port = Broker.Port };
        var source = new MqttReportSource(options, "test", log: e =>
        {
            if (e.Kind == CollectorEventKind.Connected)
            {
                connected.Set();
            }
        });
        CollectorHost collector = CollectorHost.Start(_store.Options, source);
        Assert.True(connected.Wait(_longEnough), Broker.Log);
        return collector;
    }

    private MosquittoOptions Client(string user)
    {
        if (_authority == null)
        {
            return new MosquittoOptions { UserName = user, Password = Password };
        }

        LabIdentity own = _authority.IssueClient(user);
        return new MosquittoOptions
        {
            Tls = new MosquittoTls { CaFile = _authority.CertificateFile, CertificateFile = own.CertificateFile, KeyFile = own.KeyFile },
        };
    }

    private string[] Credentials()
    {
        if (_authority != null)
        {
            LabIdentity own = _authority.IssueClient("operator");
            return ["--cafile", _authority.CertificateFile, "--cert", own.CertificateFile, "--key", own.KeyFile];
        }

        string file = Path.Combine(_files.FullName, "password");
        File.WriteAllText(file, Password);
        return ["--user", "operator", "--password-file", file];
    }

    private HomeRun NewHome()
    {
        HomeScript quiet = HomeScripts.Demo(7) with
        {
            Nodes = [new MeshNodeScript(NodeName, new Place(6, 4))],
            Clients = [],
            Neighbours = [new NeighbourScript(new Place(16, 4), 1, 0.1, true)],
            Disturbances = [],
        };
        return new HomeRun(quiet, new HomeRunOptions
        {
            Settings = _ => Settings(),
            Transport = settings => new MqttTransport(settings),
            BootId = _ => ++_bootId,
            StartTime = Now,
            Flash = _ => _files.CreateSubdirectory("flash").FullName + Path.DirectorySeparatorChar,
            HasBoards = true,
        });
    }

    private AgentSettings Settings()
    {
        LabIdentity? own = _authority?.IssueClient(NodeName);
        var settings = new AgentSettings
        {
            Home = "home",
            Node = NodeName,
            BrokerHost = Broker.Host,
            BrokerPort = Broker.Port,
            BrokerTls = _authority != null,
            BrokerPassword = _authority == null ? Password : null,
            BrokerCa = _authority?.Certificate,
            ClientCertificate = own?.Certificate,
            ClientKey = own?.Key,
            WindowSeconds = 300,
            FirstWindowSeconds = 300,
        };
        _provision(settings);
        return settings;
    }
}
