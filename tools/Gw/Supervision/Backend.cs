using System.Security.Cryptography;
using GatewayAgent.Control;
using GatewayAgent.Gw.Commands;
using GatewayAgent.Mosquitto;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Gw.Supervision;

/// <summary>
/// What nodes report to: a collector and, unless another is named, a broker, both children that are started again when they die. At our
/// own broker each node has its password, or with TLS its certificate, and touches its own branch only. Their files are in folders that go
/// with them.
/// </summary>
internal sealed class Backend : IDisposable
{
    // No node can have these names: identifiers do not hold an @.
    private const string CollectorUser = "@collector";
    private const string OperatorUser = "@operator";
    private const string EngineerUser = "@engineer";
    private const string LoopbackAddress = "127.0.0.1";

    // Somebody is looking.
    private const string SecondsBetweenAssessments = "10";
    private static readonly TimeSpan _startTime = TimeSpan.FromSeconds(15);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gw-");
    private readonly Dictionary<string, string> _passwords;
    private readonly List<IChild> _children = [];
    private readonly LabAuthority? _authority;
    private Supervisor? _supervisor;

    private Backend(IEnumerable<string> nodes, string? database, bool tls, bool servesPage)
    {
        Page = servesPage ? new Uri($"http://{LoopbackAddress}:{LoopbackPort.Find()}/") : null;
        _authority = tls ? new LabAuthority() : null;
        _passwords = nodes.Concat([CollectorUser, OperatorUser, EngineerUser]).ToDictionary(name => name, _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        Database = database ?? Path.Combine(_folder.FullName, "reports.db");
    }

    public string Database { get; }

    public BrokerAddress Broker { get; private set; } = null!;

    /// <summary>Where the collector serves its page, also after a restart; null = nowhere.</summary>
    public Uri? Page { get; }

    /// <summary>A folder of a node's that goes with the rest, with a closing separator.</summary>
    public string FolderOf(string node) =>
        _folder.CreateSubdirectory(Path.Combine("flash", node)).FullName + Path.DirectorySeparatorChar;

    /// <summary>Options of <c>gw config</c> and <c>gw command</c> for an operator at our own broker, whose secrets are in a file of ours.</summary>
    public string OperatorOptions() => OptionsOf(OperatorUser);

    /// <summary>The same of <c>gw survey</c>, for an engineer, who may read reports.</summary>
    public string EngineerOptions() => OptionsOf(EngineerUser);

    /// <summary>Null at a broker that is not ours.</summary>
    public BrokerChild? OwnBroker => _children.OfType<BrokerChild>().SingleOrDefault();

    public IReadOnlyList<IChild> Children => _children;

    /// <summary>Cancelled when a child does not stay up.</summary>
    public CancellationToken GaveUp => _supervisor!.GaveUp;

    /// <summary>Starts everything and returns when the collector has subscribed.</summary>
    /// <param name="home">Of all nodes.</param>
    /// <param name="nodes">Node ids.</param>
    /// <param name="database">The store; null = one that goes with the rest.</param>
    /// <param name="broker">A broker that takes everybody; null = one of our own.</param>
    /// <param name="tls">Our own broker speaks TLS, and everybody has a certificate of an authority that is thrown away in the end.</param>
    /// <param name="servesPage">The collector serves its page.</param>
    /// <param name="tell">Told of deaths and restarts, and with TLS of what the broker denies, in a line each.</param>
    public static Backend Start(
        string home,
        IReadOnlyList<string> nodes,
        string? database,
        BrokerAddress? broker,
        bool tls,
        bool servesPage,
        Action<string> tell,
        CancellationToken cancel)
    {
        if (broker != null && !TcpReachability.IsOpen(broker.Host, broker.Port))
        {
            throw new GwException(ExitCode.Problem, $"nothing accepts connections at {broker}. Start the broker, or leave out --broker to use one of our own");
        }

        var backend = new Backend(nodes, database, tls, servesPage);
        try
        {
            CollectorChild collector = backend.StartChildren(home, nodes, broker, tell);
            backend._supervisor = new Supervisor(backend._children, tell);
            backend.WaitFor(collector, cancel);
            return backend;
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }

    /// <summary>Sets where the broker is and what the node is known by there: at a broker that is not ours, nothing.</summary>
    public void Provision(AgentSettings settings)
    {
        (settings.BrokerHost, settings.BrokerPort, settings.BrokerTls) = (Broker.Host, Broker.Port, _authority != null);
        if (_authority == null)
        {
            settings.BrokerPassword = OwnBroker != null ? _passwords[settings.Node] : null;
            return;
        }

        LabIdentity own = _authority.IssueClient(settings.Node);
        (settings.BrokerCa, settings.ClientCertificate, settings.ClientKey) = (_authority.Certificate, own.Certificate, own.Key);
    }

    /// <exception cref="GwException">A child does not stay up.</exception>
    public void ThrowIfBroken()
    {
        if (GaveUp.IsCancellationRequested)
        {
            throw _supervisor!.Failure!;
        }
    }

    /// <summary>Ends the collector in order: everything it took is in the store.</summary>
    public void StopCollector()
    {
        _supervisor?.Dispose();
        _supervisor = null;
        CollectorChild collector = _children.OfType<CollectorChild>().Single();
        _children.Remove(collector);
        collector.Dispose();
    }

    public void Dispose()
    {
        _supervisor?.Dispose();
        foreach (IChild child in Enumerable.Reverse(_children))
        {
            child.Dispose();
        }

        _authority?.Dispose();
        _folder.Delete(recursive: true);
    }

    private CollectorChild StartChildren(string home, IReadOnlyList<string> nodes, BrokerAddress? broker, Action<string> tell)
    {
        Broker = broker ?? StartBroker(home, nodes, tell);
        string[] listen = Page == null ? [] : ["--listen", Page.ToString(), CollectCommand.AssessEvery, SecondsBetweenAssessments];
        var collector = new CollectorChild(
            ["--broker", $"{Broker}", "--store", Path.GetFullPath(Database), "--name", CollectorName(), .. listen, .. Credentials(CollectorUser)]);
        _children.Add(collector);
        return collector;
    }

    private BrokerAddress StartBroker(string home, IReadOnlyList<string> nodes, Action<string> tell)
    {
        IEnumerable<BrokerUser> users = nodes.Select(node => BrokerUser.Node(home, node, _passwords[node]));
        LabIdentity? identity = _authority?.IssueBroker([LoopbackAddress]);
        var child = new BrokerChild(new MosquittoBrokerOptions
        {
            Users =
            [
                .. users,
                BrokerUser.Collector(CollectorUser, _passwords[CollectorUser]),
                BrokerUser.Operator(OperatorUser, _passwords[OperatorUser]),
                BrokerUser.Engineer(EngineerUser, _passwords[EngineerUser]),
            ],
            Tls = identity == null ? null : (identity.CertificateFile, identity.KeyFile),
            ClientAuthority = _authority?.CertificateFile,
            Denied = _authority == null ? null : line => tell($"the broker: {line}"),
        });
        _children.Add(child);
        return new BrokerAddress(child.Host, child.Port);
    }

    // At a broker that others use too, the name must not be another collector's.
    private string CollectorName() => OwnBroker != null ? "gw" : $"gw-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

    private string OptionsOf(string user) => string.Join(' ', ["--broker", $"{Broker}", .. Credentials(user)]);

    // Once for each user: the files stay.
    private string[] Credentials(string user)
    {
        if (OwnBroker == null)
        {
            return [];
        }

        if (_authority != null)
        {
            LabIdentity own = _authority.IssueClient(user);
            return ["--cafile", _authority.CertificateFile, "--cert", own.CertificateFile, "--key", own.KeyFile];
        }

        string file = Path.Combine(_folder.FullName, user.TrimStart('@'));
        return ["--user", user, "--password-file", PrivateFile.Write(file, _passwords[user])];
    }

    private void WaitFor(CollectorChild collector, CancellationToken cancel)
    {
        int answer = WaitHandle.WaitAny([collector.Connected, GaveUp.WaitHandle, cancel.WaitHandle], _startTime);
        cancel.ThrowIfCancellationRequested();
        ThrowIfBroken();
        if (answer == WaitHandle.WaitTimeout)
        {
            throw new GwException(ExitCode.Problem, $"the collector does not reach the broker at {Broker}: {collector.LastWords}");
        }
    }
}
