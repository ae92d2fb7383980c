using System.Security.Cryptography;
using GatewayAgent.Mosquitto;
using GatewayAgent.Provisioning.Certificates;
using GatewayAgent.Provisioning.Kits;

namespace GatewayAgent.Provisioning.Nodes;

/// <summary>Writes the folder of a node, and has the firmware read it before it may be deployed.</summary>
internal sealed class NodeWriter(KitContext kit)
{
    /// <param name="plan">Valid.</param>
    /// <param name="known">What the kit holds of it; null = nothing, so it gets an identity.</param>
    /// <returns>What the manifest says of it.</returns>
    /// <exception cref="ProvisionException">The firmware does not take it, or its folder is another's.</exception>
    public NodeEntry Write(NodePlan plan, NodeEntry? known)
    {
        if (known == null && kit.Folder.HasNode(plan.Node))
        {
            throw new ProvisionException($"{plan.Node}: its folder is there already. On a file system without capitals two ids must differ in more than those");
        }

        NodeSecrets secrets = SecretsOf(plan, known);
        Put(plan.Node, NodeFiles.Settings, NodeFiles.SettingsJson(plan, kit.Settings, secrets));
        Put(plan.Node, NodeFiles.Network, NodeFiles.NetworkJson(plan.Wifi));
        if (kit.Authority != null)
        {
            Put(plan.Node, NodeFiles.Authority, kit.Authority);
        }

        NodeEntry entry = (known ?? Identify(plan)) with { Home = plan.Home, Role = plan.Role, WindowSeconds = plan.WindowSeconds, Provisioned = kit.Now };
        return Finished(entry);
    }

    /// <summary>Whether the kit holds a node just as it is planned.</summary>
    public bool IsAsPlanned(NodePlan plan, NodeEntry known) =>
        known.Home == plan.Home
        && Get(plan.Node, NodeFiles.Settings) == NodeFiles.SettingsJson(plan, kit.Settings, SecretsOf(plan, known))
        && Get(plan.Node, NodeFiles.Network) == NodeFiles.NetworkJson(plan.Wifi);

    /// <summary>Gives a node its home's hash key of now.</summary>
    public NodeEntry Rekey(NodeEntry node)
    {
        Put(node.Node, NodeFiles.Settings, NodeFiles.WithHomeKey(Get(node.Node, NodeFiles.Settings), kit.HomeKeys.Of(node.Home)));
        return Finished(node with { Provisioned = kit.Now });
    }

    /// <summary>Gives a node the certificate that it waits for, or one that takes the place of an older.</summary>
    /// <param name="pem">Its own first; nothing but certificates.</param>
    /// <param name="file">Where it came from.</param>
    /// <exception cref="ProvisionException">A broker would refuse it.</exception>
    public NodeEntry Certify(NodeEntry node, string pem, string file)
    {
        if (CertificateCheck.OfClient(pem, Get(node.Node, NodeFiles.Key), kit.Authority!, node.Node, kit.Now) is { } problem)
        {
            throw new ProvisionException($"{file}: {problem}");
        }

        Put(node.Node, NodeFiles.Certificate, pem);
        return Finished(node with { Ready = true, Certificate = CertificateEntry.Of(pem) });
    }

    /// <summary>Tells by its public key, hexadecimal, whose a certificate is.</summary>
    public string PublicKeyOf(NodeEntry node)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(Get(node.Node, NodeFiles.Key));
        return Convert.ToHexString(key.ExportSubjectPublicKeyInfo());
    }

    // A certificate, a request for one, or nothing but the password among the settings.
    private NodeEntry Identify(NodePlan plan)
    {
        var entry = new NodeEntry(plan.Home, plan.Node, plan.Role, plan.WindowSeconds, true, kit.Now, null);
        if (kit.Settings.Identity == NodeIdentity.Password)
        {
            return entry;
        }

        if (kit.Ca != null)
        {
            IssuedCertificate own = kit.Ca.IssueClient(plan.Node, kit.Now);
            Put(plan.Node, NodeFiles.Certificate, own.Certificate);
            Put(plan.Node, NodeFiles.Key, own.Key);
            return entry with { Certificate = CertificateEntry.Of(own.Certificate) };
        }

        using ECDsa key = CertificateAuthority.NewKey();
        Put(plan.Node, NodeFiles.Key, key.ExportPkcs8PrivateKeyPem() + "\n");
        Put(plan.Node, NodeFiles.Request, CertificateAuthority.Request(plan.Node, key).CreateSigningRequestPem() + "\n");
        return entry with { Ready = false };
    }

    // Only what the firmware takes gets a list of files to deploy.
    private NodeEntry Finished(NodeEntry node)
    {
        if (!node.Ready)
        {
            return node;
        }

        Put(node.Node, NodeFiles.List, NodeFiles.ListJson(file => kit.Folder.Has(KitFolder.OfNode(node.Node, file))));
        return NodeCheck.Of(kit.Folder.PathOf(KitFolder.OfNode(node.Node)), node.Node, kit.Now) is { } problem
            ? throw new ProvisionException($"{node.Node}: the firmware does not take what was written: {problem}")
            : node;
    }

    private NodeSecrets SecretsOf(NodePlan plan, NodeEntry? known)
    {
        string? password = kit.Settings.Identity != NodeIdentity.Password ? null
            : known == null ? Secrets.New()
            : NodeFiles.PasswordIn(Get(plan.Node, NodeFiles.Settings));
        return new NodeSecrets(kit.HomeKeys.Of(plan.Home), password);
    }

    private string Get(string node, string file) => kit.Folder.Read(KitFolder.OfNode(node, file));

    private void Put(string node, string file, string text) => kit.Folder.Write(KitFolder.OfNode(node, file), text);
}
