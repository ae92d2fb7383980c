using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Control;
using static GatewayAgent.App.ProvisionedCertificates;

namespace GatewayAgent.Doctor.Probes;

/// <summary>What is wrong with a node's certificates, before anybody tries them.</summary>
internal static class CertificateFiles
{
    private const string Again = "provision the node again: ./gw provision";

    /// <summary>The first thing that is wrong, in the order in which a handshake would find it; null = nothing.</summary>
    /// <param name="found">Gets the certificates that could be read.</param>
    public static CertificateProblem? Check(AgentSettings settings, DateTimeOffset now, List<(string File, X509Certificate2 Certificate)> found)
    {
        if (!settings.BrokerTls)
        {
            return null;
        }

        if (settings.BrokerCa == null)
        {
            return new($"{AuthorityFile} is missing: without an authority the node makes no connection", "agent.json asks for TLS, and the file is not in the folder", Again);
        }

        X509Certificate2Collection authorities = [];
        return Authorities(settings.BrokerCa, authorities, now, found)
            ?? (settings.ClientCertificate == null || settings.ClientKey == null ? null : Own(settings, authorities, now, found));
    }

    /// <summary>When a certificate's time is over, or has not come; null = it is valid now.</summary>
    public static string? Time(X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime ? $"has expired on {Day(certificate.NotAfter)}"
        : certificate.NotBefore.ToUniversalTime() > now.UtcDateTime ? $"is not valid before {Day(certificate.NotBefore)}"
        : null;

    public static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static CertificateProblem? Authorities(
        string pem, X509Certificate2Collection authorities, DateTimeOffset now, List<(string, X509Certificate2)> found)
    {
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            authorities.Clear();
        }

        if (authorities.Count == 0)
        {
            return new($"{AuthorityFile} holds no certificate in PEM", "it was read as the firmware reads it", Again);
        }

        found.AddRange(authorities.Select(one => (AuthorityFile, one)));
        return authorities.Select(one => Time(one, now)).OfType<string>().FirstOrDefault() is { } time
            ? new($"the authority in {AuthorityFile} {time}", "its dates, by this machine's clock", "make a new authority, and provision all nodes with it")
            : null;
    }

    private static CertificateProblem? Own(AgentSettings settings, X509Certificate2Collection authorities, DateTimeOffset now, List<(string, X509Certificate2)> found)
    {
        X509Certificate2 own;
        try
        {
            own = X509Certificate2.CreateFromPem(settings.ClientCertificate);
        }
        catch (CryptographicException)
        {
            return new($"{CertificateFile} holds no certificate in PEM", "it was read as the firmware reads it", Again);
        }

        found.Add((CertificateFile, own));
        string name = own.GetNameInfo(X509NameType.SimpleName, false);
        return !IsKeyOf(settings.ClientCertificate, settings.ClientKey)
                ? new($"{KeyFile} is not the key of {CertificateFile}", "the public keys differ, or it is no key in PEM", Again)
            : name != settings.Node
                ? new($"{CertificateFile} is for '{name}', and this node is '{settings.Node}'", "its common name, and node in agent.json", Again)
            : Time(own, now) is { } time
                ? new($"{CertificateFile} {time}", "its dates, by this machine's clock", Again)
            : null;
    }

    private static bool IsKeyOf(string certificatePem, string keyPem)
    {
        try
        {
            X509Certificate2.CreateFromPem(certificatePem, keyPem).Dispose();
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
