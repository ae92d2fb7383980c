using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GatewayAgent.Provisioning.Certificates;

/// <summary>Looks at certificates as a broker will.</summary>
internal static class CertificateCheck
{
    /// <summary>Whether a client with these files is known as <paramref name="commonName"/> where the authority is trusted.</summary>
    /// <param name="certificatePem">The client's own first; what leads from it to the authority may follow.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? OfClient(string certificatePem, string keyPem, string authorityPem, string commonName, DateTimeOffset now)
    {
        try
        {
            using X509Certificate2 own = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            string name = own.GetNameInfo(X509NameType.SimpleName, false);
            return name != commonName ? $"the certificate is for '{name}', not for '{commonName}'"
                : own.NotAfter.ToUniversalTime() <= now ? $"the certificate has expired on {own.NotAfter:yyyy-MM-dd}"
                : IsOf(own, certificatePem, authorityPem, now) ? null
                : "the certificate does not come from the authority";
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return "the certificate or its key is not PEM, or one is not the other's";
        }
    }

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
