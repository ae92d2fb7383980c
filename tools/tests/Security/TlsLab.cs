using GatewayAgent.Collector;
using GatewayAgent.Collector.Mqtt;
using GatewayAgent.Control;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Collector;
using GatewayAgent.Tests.NanoHost;

namespace GatewayAgent.Tests.Security;

/// <summary>
/// A node, a broker that wants a certificate of everybody, and a collector that has one. The broker's own files can be exchanged; it reads
/// them when it starts.
/// </summary>
internal sealed class TlsLab : IDisposable
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("gw-tls-lab-");
    private readonly TemporaryStore _store = new();
    private CollectorHost? _collector;

    /// <param name="brokers">The broker's certificate; null = a sound one.</param>
    public TlsLab(LabIdentity? brokers = null)
    {
        Install(Authority, brokers ?? Authority.IssueBroker(["127.0.0.1", "localhost"]));
        Broker = MosquittoBroker.Start(new MosquittoBrokerOptions
        {
            Tls = (InFiles("broker.pem"), InFiles("broker.key")),
            ClientAuthority = InFiles("ca.pem"),
            Users = [BrokerUser.Node("home", "node", "unused"), BrokerUser.Node("home", "other", "unused"), BrokerUser.Collector("collector", "unused")],
            Denied = Denials.Add,
        });
    }

    public LabAuthority Authority { get; } = new();

    /// <summary>Another one, which nobody here trusts.</summary>
    public LabAuthority Stranger { get; } = new();

    public MosquittoBroker Broker { get; }

    /// <summary>What the broker's access list did not allow, in its words.</summary>
    public Support.Inbox<string> Denials { get; } = new();

    /// <summary>Settings of a node that is let in.</summary>
    public AgentSettings Sound() => Node(Authority, Authority.IssueClient("node"));

    public static AgentSettings Node(LabAuthority trusted, LabIdentity own) =>
        new() { BrokerCa = trusted.Certificate, ClientCertificate = own.Certificate, ClientKey = own.Key };

    /// <summary>Options of a client that is let in.</summary>
    public MosquittoOptions Client(string user) => Client(Authority, user);

    public static MosquittoOptions Client(LabAuthority authority, string user)
    {
        LabIdentity own = authority.IssueClient(user);
        return new MosquittoOptions
        {
            ClientId = user,
            Tls = new MosquittoTls { CaFile = authority.CertificateFile, CertificateFile = own.CertificateFile, KeyFile = own.KeyFile },
        };
    }

    /// <summary>Exchanges the broker's files; it is not restarted.</summary>
    public void Install(LabAuthority authority, LabIdentity brokers)
    {
        File.Copy(authority.CertificateFile, InFiles("ca.pem"), overwrite: true);
        File.Copy(brokers.CertificateFile, InFiles("broker.pem"), overwrite: true);
        File.Copy(brokers.KeyFile, InFiles("broker.key"), overwrite: true);
    }

    public void Restart()
    {
        Broker.Kill();
        Broker.Restart();
    }

    /// <summary>Starts the collector; once connected, everything reported is stored and acknowledged.</summary>
    public void Collect(LabAuthority? authority = null)
    {
        using var connected = new ManualResetEventSlim();
        MosquittoOptions options = Client(authority ?? Authority, "collector") with { Host = Broker.Host, Port = Broker.Port };
        var source = new MqttReportSource(options, "test", log: e =>
        {
            if (e.Kind == CollectorEventKind.Connected)
            {
                connected.Set();
            }
        });
        _collector = CollectorHost.Start(_store.Options, source);
        Assert.True(connected.Wait(_longEnough), Broker.Log);
    }

    /// <summary>Sequences in the store, in order.</summary>
    public IEnumerable<uint> Stored() => _store.Ranges().Select(range => range.Last).Order();

    /// <summary>Runs the uplink until it has failed once more, and goes on sampling meanwhile.</summary>
    /// <returns>The reason told for the log.</returns>
    public static string RefusalOf(NodeAtBroker node)
    {
        node.Failures.Clear();
        node.Report(1);
        uint sequence = node.Node.Sequence;
        node.RunUplinkUntil(() => !node.Failures.IsEmpty);
        node.Report(1);

        Assert.False(node.Node.IsOnline);
        Assert.Equal(sequence + 1, node.Node.Sequence);
        Assert.True(node.Failures.TryPeek(out string? reason));
        AssertNoSecret(node.Settings, string.Join('\n', node.Failures));
        return reason;
    }

    public void Dispose()
    {
        _collector?.Dispose();
        Broker.Dispose();
        _store.Dispose();
        Authority.Dispose();
        Stranger.Dispose();
        _files.Delete(recursive: true);
    }

    private static void AssertNoSecret(AgentSettings settings, string text)
    {
        IEnumerable<string> keyLines = settings.ClientKey?.Split('\n').Where(line => line.Length > 20 && !line.StartsWith('-')) ?? [];
        Assert.All(keyLines.Append(settings.BrokerPassword ?? "\0"), secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    private string InFiles(string name) => Path.Combine(_files.FullName, name);
}
