using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Provisioning.Certificates;
using GatewayAgent.Provisioning.Labels;
using GatewayAgent.Provisioning.Nodes;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>
/// One change of a kit: the folder with all that nodes, their broker and its clients are given. Nothing is seen of it before <see cref="Commit"/>,
/// and without that nothing remains of it.
/// </summary>
public sealed class KitChange : IDisposable
{
    private const int NamesInMessage = 5;

    private readonly FolderSwap _swap;
    private readonly KitContext _kit;
    private readonly NodeWriter _writer;
    private readonly string _finalFolder;
    private readonly SortedDictionary<string, NodeEntry> _nodes = new(StringComparer.Ordinal);
    private readonly List<RevokedEntry> _revoked = [];
    private readonly HashSet<string> _added = [];

    private KitChange(FolderSwap swap, string folder, KitRequest request, DateTimeOffset now)
    {
        _swap = swap;
        _finalFolder = Path.GetFullPath(folder);
        var next = new KitFolder(swap.Next);
        Manifest? manifest = next.ReadIfThere(KitFolder.Manifest) is { } text ? Manifest.Parse(text, Path.Combine(folder, KitFolder.Manifest)) : null;
        foreach (NodeEntry node in manifest?.Nodes ?? [])
        {
            _nodes.Add(node.Node, node);
        }

        _revoked.AddRange(manifest?.Revoked ?? []);
        _kit = KitContext.Open(next, request.SettingsFor(manifest), request.ReadAuthority(now), now);
        _writer = new NodeWriter(_kit);
        if (!next.Has(KitFolder.Ignore))
        {
            // A kit in a work tree of git is not to be committed.
            next.Write(KitFolder.Ignore, "*\n");
        }
    }

    public KitSettings Settings => _kit.Settings;

    public IReadOnlyCollection<NodeEntry> Nodes => _nodes.Values;

    /// <summary>After <see cref="Commit"/>: until when the certificate of the lab's broker is good; null = it is not ours.</summary>
    public DateTimeOffset? BrokerCertificateEnds { get; private set; }

    /// <summary>Begins a change.</summary>
    /// <param name="folder">Of the kit; missing: a new one, for its owner alone.</param>
    /// <exception cref="ProvisionException">The folder holds something else, the request does not fit the kit, or another change is under way.</exception>
    public static KitChange Begin(string folder, KitRequest request, TimeProvider clock)
    {
        if (folder.Length == 0 || File.Exists(folder))
        {
            throw new ProvisionException($"'{folder}' is no folder, and a kit is one");
        }

        if (Directory.Exists(folder) && !File.Exists(Path.Combine(folder, KitFolder.Manifest)) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new ProvisionException($"{folder}: is no kit, for it holds files but no {KitFolder.Manifest}. Name a new folder");
        }

        FolderSwap swap = FolderSwap.Begin(folder);
        try
        {
            // To the second, as certificates and people count.
            return new KitChange(swap, folder, request, DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds()));
        }
        catch
        {
            swap.Dispose();
            throw;
        }
    }

    /// <summary>Provisions nodes that the kit does not hold yet; those that it holds just so are left alone.</summary>
    /// <param name="plans">Valid, each node once.</param>
    /// <param name="force">Writes those anew that are there with other settings. They keep their key, certificate or password.</param>
    /// <param name="progress">Told how many are done.</param>
    /// <exception cref="ProvisionException">Nodes are there with other settings, or the firmware does not take what was written.</exception>
    public KitOutcome Provision(IReadOnlyList<NodePlan> plans, bool force, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ILookup<bool, NodePlan> known = plans.ToLookup(plan => _nodes.ContainsKey(plan.Node));
        NodePlan[] changed = [.. known[true].Where(plan => !_writer.IsAsPlanned(plan, _nodes[plan.Node]))];
        if (changed.Length > 0 && !force)
        {
            throw new ProvisionException($"{Names(changed)}: provisioned already, with other settings. --force writes them anew; each keeps its key");
        }

        int done = 0;
        foreach (NodePlan plan in known[false].Concat(changed))
        {
            cancel.ThrowIfCancellationRequested();
            _nodes[plan.Node] = _writer.Write(plan, _nodes.GetValueOrDefault(plan.Node));
            progress?.Report(++done);
        }

        _added.UnionWith(known[false].Select(plan => plan.Node));
        return new KitOutcome([.. _added], [.. changed.Select(plan => plan.Node)], [.. known[true].Except(changed).Select(plan => plan.Node)]);
    }

    /// <summary>Takes nodes out: the broker lets none of them in again, and their secrets are deleted.</summary>
    /// <param name="nodes">Ids.</param>
    /// <param name="freshHomeKeys">Their homes get new hash keys: the remaining nodes of these homes are written anew.</param>
    /// <returns>The nodes that were written anew, and must be deployed again.</returns>
    /// <exception cref="ProvisionException">The kit does not hold one.</exception>
    public IReadOnlyList<string> Revoke(IReadOnlyCollection<string> nodes, bool freshHomeKeys)
    {
        if (nodes.FirstOrDefault(node => !_nodes.ContainsKey(node)) is { } unknown)
        {
            throw new ProvisionException($"{unknown}: the kit holds no such node");
        }

        var homes = nodes.Select(node => _nodes[node].Home).ToHashSet();
        foreach (string node in nodes.Distinct())
        {
            _nodes.Remove(node, out NodeEntry? entry);
            _revoked.Add(new RevokedEntry(entry!.Home, node, entry.Certificate?.Serial, _kit.Now));
            _kit.Folder.RemoveNode(node);
        }

        return freshHomeKeys ? Rekey(homes) : [];
    }

    /// <summary>Takes certificates that the operator's authority has signed: first ones, and ones that take the place of older.</summary>
    /// <param name="files">PEM, each with a node's certificate first; what leads from it to the authority may follow.</param>
    /// <returns>The nodes that are ready with them.</returns>
    /// <exception cref="ProvisionException">One is nobody's here, or a broker would refuse it.</exception>
    public IReadOnlyList<string> Import(IReadOnlyList<string> files)
    {
        if (Settings is not { Authority: AuthorityKind.Operator, Identity: NodeIdentity.Certificate })
        {
            throw new ProvisionException("the nodes of this kit wait for no certificates: it was not made with --ca");
        }

        Dictionary<string, NodeEntry> nodes = _nodes.Values.ToDictionary(_writer.PublicKeyOf);
        return [.. files.Select(file => Import(file, nodes))];
    }

    /// <summary>Gives the lab's broker a new certificate, for the names that the old one has.</summary>
    /// <param name="otherNames">What clients call it, too.</param>
    /// <exception cref="ProvisionException">It is the operator's, there is no TLS, or a name is none.</exception>
    public void RenewBroker(IReadOnlyList<string> otherNames)
    {
        if (_kit.Ca == null)
        {
            throw new ProvisionException(Settings.IsTls ? "the broker's certificate comes from the operator's authority" : "the kit is without TLS");
        }

        if (otherNames.FirstOrDefault(name => Uri.CheckHostName(name) == UriHostNameType.Unknown) is { } wrong)
        {
            throw new ProvisionException($"--name: '{wrong}' is neither a host's name nor an address");
        }

        BrokerFiles.WriteCertificate(_kit, otherNames);
    }

    /// <summary>Writes what belongs to all nodes together, and makes the change visible, whole.</summary>
    public void Commit()
    {
        var manifest = new Manifest { Broker = Settings, Nodes = [.. _nodes.Values.OrderBy(node => node.Home, StringComparer.Ordinal)], Revoked = _revoked };
        _kit.HomeKeys.Keep(_nodes.Values.Select(node => node.Home));
        _kit.Folder.Write(KitFolder.HomeKeys, _kit.HomeKeys.ToJson());
        if (_kit.Authority != null)
        {
            _kit.Folder.Write(KitFolder.AuthorityCertificate, _kit.Authority);
        }

        ClientFiles.Write(_kit);
        BrokerCertificateEnds = BrokerFiles.Write(_kit, manifest, Settings.BrokerFolder ?? Path.Combine(_finalFolder, "broker"));
        WriteLabels(manifest);
        _kit.Folder.Write(KitFolder.ManifestTable, manifest.ToCsv());
        _kit.Folder.Write(KitFolder.Manifest, manifest.ToJson());
        _swap.Commit();
    }

    public void Dispose()
    {
        _kit.Dispose();
        _swap.Dispose();
    }

    private static string Names(NodePlan[] plans)
    {
        string more = plans.Length > NamesInMessage ? $" and {plans.Length - NamesInMessage} more" : "";
        return string.Join(", ", plans.Take(NamesInMessage).Select(plan => plan.Node)) + more;
    }

    private string[] Rekey(HashSet<string> homes)
    {
        _kit.HomeKeys.Keep(_nodes.Values.Select(node => node.Home).Except(homes));
        NodeEntry[] left = [.. _nodes.Values.Where(node => homes.Contains(node.Home))];
        foreach (NodeEntry node in left)
        {
            _nodes[node.Node] = _writer.Rekey(node);
        }

        return [.. left.Select(node => node.Node)];
    }

    private string Import(string file, Dictionary<string, NodeEntry> nodes)
    {
        string pem = File.Exists(file) ? File.ReadAllText(file) : throw new ProvisionException($"{file}: no such file");
        X509Certificate2Collection given = CertificateCheck.Read(pem, file);
        if (!nodes.TryGetValue(Convert.ToHexString(given[0].PublicKey.ExportSubjectPublicKeyInfo()), out NodeEntry? node))
        {
            throw new ProvisionException($"{file}: its first certificate is for no key of a node here");
        }

        _nodes[node.Node] = _writer.Certify(node, CertificateCheck.Write(given, file), file);
        return node.Node;
    }

    // All of them, and those of this change, which are to be printed now.
    private void WriteLabels(Manifest manifest)
    {
        _kit.Folder.Write(KitFolder.Labels, LabelSheet.Of(manifest.Nodes));
        if (_added.Count > 0)
        {
            _kit.Folder.Write(KitFolder.NewLabels, LabelSheet.Of([.. manifest.Nodes.Where(node => _added.Contains(node.Node))]));
        }
    }
}
