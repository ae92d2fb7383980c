using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Provisioning.Certificates;

namespace GatewayAgent.Provisioning.Kits;

/// <summary>What is said of a kit when it is changed: all of it for a new one; for one that is there only what is not null, and it must be so already.</summary>
public sealed record KitRequest
{
    public string? Host { get; init; }

    /// <summary>Null: 8883 with TLS, 1883 without.</summary>
    public int? Port { get; init; }

    public NodeIdentity? Identity { get; init; }

    public bool? IsTls { get; init; }

    /// <summary>File of the operator's authority; null = the lab's own.</summary>
    public string? AuthorityFile { get; init; }

    public string? BrokerFolder { get; init; }

    /// <summary>The settings of a kit: those it has, or those of a new one.</summary>
    internal KitSettings SettingsFor(Manifest? manifest)
    {
        if (manifest == null)
        {
            return NewSettings();
        }

        CheckAgainst(manifest.Broker);
        return manifest.Broker;
    }

    /// <summary>The operator's authority, PEM; null when none is named.</summary>
    /// <exception cref="ProvisionException">It is none, or none that a node could trust.</exception>
    internal string? ReadAuthority(DateTimeOffset now)
    {
        if (AuthorityFile == null)
        {
            return null;
        }

        string pem = File.Exists(AuthorityFile) ? File.ReadAllText(AuthorityFile) : throw new ProvisionException($"{AuthorityFile}: no such file");
        X509Certificate2Collection authorities = CertificateCheck.Read(pem, AuthorityFile);
        string text = CertificateCheck.Write(authorities, AuthorityFile);
        return CertificateCheck.OfAuthorities(authorities, now) is { } problem ? throw new ProvisionException($"{AuthorityFile}: {problem}") : text;
    }

    private KitSettings NewSettings()
    {
        bool tls = IsTls ?? true;
        if (!tls && AuthorityFile != null)
        {
            throw new ProvisionException("--ca: without TLS there is no authority");
        }

        var settings = new KitSettings
        {
            Host = Host ?? throw new ProvisionException("--broker: name the broker, for there is no kit yet"),
            Port = Port ?? (tls ? KitSettings.TlsPort : KitSettings.PlainPort),
            Identity = Identity ?? (tls ? NodeIdentity.Certificate : NodeIdentity.Password),
            Authority = !tls ? AuthorityKind.None : AuthorityFile == null ? AuthorityKind.Lab : AuthorityKind.Operator,
            BrokerFolder = BrokerFolder,
        };
        settings.Check();
        return settings;
    }

    private void CheckAgainst(KitSettings kit)
    {
        Same("--broker", Host, kit.Host);
        Same("--broker", Port, kit.Port);
        Same("--identity", Identity?.ToString().ToLowerInvariant(), kit.Identity.ToString().ToLowerInvariant());
        Same("--no-tls", IsTls == false ? "no TLS" : null, kit.IsTls ? "TLS" : "no TLS");
        Same("--ca", AuthorityFile == null ? null : "the operator's authority", kit.Authority == AuthorityKind.Operator ? "the operator's authority" : "its own");
        Same("--broker-folder", BrokerFolder, kit.BrokerFolder ?? "its own");
    }

    private static void Same<T>(string option, T? asked, T there)
    {
        if (asked != null && !asked.Equals(there))
        {
            throw new ProvisionException($"{option}: this kit has {there}, not {asked}. Another broker needs another kit");
        }
    }
}
