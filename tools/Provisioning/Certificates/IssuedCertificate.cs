using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Provisioning.Kits;

namespace GatewayAgent.Provisioning.Certificates;

/// <summary>A certificate and its key, PEM. The key has no pass-phrase: a device could keep none.</summary>
internal sealed record IssuedCertificate(string Certificate, string Key, CertificateEntry Entry)
{
    public static CertificateEntry EntryOf(X509Certificate2 certificate) => new(
        certificate.SerialNumber.ToLowerInvariant(),
        certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
        certificate.NotAfter.ToUniversalTime());
}
