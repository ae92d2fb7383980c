using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GatewayAgent.Provisioning.Certificates;

/// <summary>Looks at certificates as a broker will, and as a device must.</summary>
internal static class CertificateCheck
{
    /// <summary>
    /// Bytes of PEM that a node can bear: it keeps the text as long as it runs, and once more while it is connected. Room for four authorities
    /// or a chain of four with RSA-2048, which has about 1.7 KB each.
    /// </summary>
    public const int MaximumBytes = 8 * 1024;

    private const string CommonName = "2.5.4.3", ClientPurpose = "1.3.6.1.5.5.7.3.2";

    /// <summary>Whether a client with these files is known as <paramref name="commonName"/> where the authority is trusted.</summary>
    /// <param name="certificatePem">The client's own first; what leads from it to the authority may follow.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? OfClient(string certificatePem, string keyPem, string authorityPem, string commonName, DateTimeOffset now)
    {
        try
        {
            using X509Certificate2 own = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            string? name = NameOf(own);
            return name != commonName ? (name == null ? "the certificate has no common name" : $"the certificate is for '{name}', not for '{commonName}'")
                : TimeProblem(own, now) is { } time ? $"the certificate {time}"
                : !IsForClients(own) ? "the certificate is not for clients: a broker wants clientAuth among its purposes, and digitalSignature among its uses"
                : IsOf(own, certificatePem, authorityPem, now) ? null
                : "the certificate does not come from the authority";
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return "the certificate or its key is not PEM, or one is not the other's";
        }
    }

    /// <summary>Whether brokers can be trusted by these certificates.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public static string? OfAuthorities(X509Certificate2Collection authorities, DateTimeOffset now) =>
        authorities.Select(one => OfAuthority(one, now)).FirstOrDefault(problem => problem != null);

    /// <summary>The certificates of a PEM text that may hold several.</summary>
    /// <exception cref="ProvisionException">There is none, or one is not sound.</exception>
    public static X509Certificate2Collection Read(string pem, string path)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            throw new ProvisionException($"{path}: holds something that is no certificate");
        }

        return all.Count > 0 ? all : throw new ProvisionException($"{path}: holds no certificate in PEM");
    }

    /// <summary>Certificates as PEM, and nothing else that stood beside them.</summary>
    /// <exception cref="ProvisionException">A node could not bear them.</exception>
    public static string Write(X509Certificate2Collection certificates, string path)
    {
        string pem = string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n"));
        return Encoding.ASCII.GetByteCount(pem) <= MaximumBytes
            ? pem
            : throw new ProvisionException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {certificates.Count:N0} certificates of {pem.Length:N0} bytes; a node can bear {MaximumBytes:N0}. Leave only those that are needed"));
    }

    // The first, as brokers take it.
    private static string? NameOf(X509Certificate2 certificate) => certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false)
        .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)
        .Select(part => part.GetSingleElementValue())
        .FirstOrDefault();

    // What is not said is not limited.
    private static bool IsForClients(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().All(purposes => purposes.EnhancedKeyUsages.OfType<Oid>().Any(oid => oid.Value == ClientPurpose))
        && certificate.Extensions.OfType<X509KeyUsageExtension>().All(uses => uses.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature));

    private static string? OfAuthority(X509Certificate2 certificate, DateTimeOffset now)
    {
        string name = $"'{certificate.GetNameInfo(X509NameType.SimpleName, false)}'";
        return TimeProblem(certificate, now) is { } time ? $"{name} {time}"
            : certificate.Version < 3 || certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority) ? null
            : $"{name} is no authority, but somebody's own certificate";
    }

    private static string? TimeProblem(X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.NotAfter.ToUniversalTime() <= now ? $"has expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}"
        : certificate.NotBefore.ToUniversalTime() > now ? $"is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}"
        : null;

    private static bool IsOf(X509Certificate2 own, string ownPem, string authorityPem, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(authorityPem);
        chain.ChainPolicy.ExtraStore.ImportFromPem(ownPem);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;

        // An authority in the middle may be the one that is trusted, as brokers allow it.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return chain.Build(own) && chain.ChainElements.Any(element => chain.ChainPolicy.CustomTrustStore.Contains(element.Certificate));
    }
}
