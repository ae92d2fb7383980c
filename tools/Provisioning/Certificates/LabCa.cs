using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Mosquitto;
using GatewayAgent.Provisioning.Kits;

namespace GatewayAgent.Provisioning.Certificates;

/// <summary>
/// The small authority of a lab, kept by a kit. ECDSA on P-256 throughout: the device's mbedTLS verifies and signs with it, and a certificate has
/// a quarter of the size of one with RSA, which the device could do as well.
/// </summary>
internal sealed class LabCa : IDisposable
{
    /// <summary>
    /// A node in a hall is not visited to renew a certificate, so its own outlives it. The broker's is renewed without touching a node, and
    /// a node asks no revocation list, so that one is short.
    /// </summary>
    public const int AuthorityYears = 30, NodeYears = 20, BrokerYears = 2;

    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1", ClientPurpose = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 16;

    // For clocks that are slow.
    private static readonly TimeSpan _headStart = TimeSpan.FromDays(1);

    private readonly X509Certificate2 _certificate;

    private LabCa(X509Certificate2 certificate) => _certificate = certificate;

    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    public string KeyPem
    {
        get
        {
            using ECDsa key = _certificate.GetECDsaPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem() + "\n";
        }
    }

    public static LabCa Create(DateTimeOffset now)
    {
        using ECDsa key = NewKey();

        // A name of its own: where two authorities are trusted at once, a device tells them apart by name.
        string name = $"GatewayAgent lab {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        CertificateRequest request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new LabCa(request.CreateSelfSigned(now - _headStart, now.AddYears(AuthorityYears)));
    }

    /// <exception cref="ProvisionException">It is not an authority of ours, or the key is another's.</exception>
    public static LabCa Load(string certificatePem, string keyPem)
    {
        try
        {
            return new LabCa(X509Certificate2.CreateFromPem(certificatePem, keyPem));
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new ProvisionException($"{KitFolder.AuthorityCertificate} and {KitFolder.AuthorityKey}: not a certificate and its key");
        }
    }

    /// <summary>For a node, or another client of the broker, which takes the common name for its user name.</summary>
    public IssuedCertificate IssueClient(string commonName, DateTimeOffset now) => Issue(commonName, ClientPurpose, now, now.AddYears(NodeYears));

    /// <summary>For a broker that clients call by these names or addresses.</summary>
    public IssuedCertificate IssueBroker(IReadOnlyList<string> hosts, DateTimeOffset now) =>
        // A common name has 64 characters at most; it is the alternative names that are looked at.
        Issue("broker", ServerPurpose, now, now.AddYears(BrokerYears), BrokerNames.Of(hosts));

    /// <summary>PEM. Good as long as the authority: a broker refuses everybody once its list is out of date.</summary>
    public string RevocationList(IEnumerable<RevokedEntry> revoked, DateTimeOffset now)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (RevokedEntry entry in revoked.Where(entry => entry.Serial != null))
        {
            list.AddEntry(Convert.FromHexString(entry.Serial!), entry.Revoked);
        }

        var number = new BigInteger(now.ToUnixTimeMilliseconds());
        byte[] signed = list.Build(_certificate, number, _certificate.NotAfter.ToUniversalTime(), HashAlgorithmName.SHA256, thisUpdate: now - _headStart);
        return PemEncoding.WriteString("X509 CRL", signed) + "\n";
    }

    public void Dispose() => _certificate.Dispose();

    internal static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal static CertificateRequest Request(string commonName, ECDsa key)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        return new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
    }

    private IssuedCertificate Issue(string commonName, string purpose, DateTimeOffset now, DateTimeOffset end, params X509Extension[] extensions)
    {
        using ECDsa key = NewKey();
        CertificateRequest request = Request(commonName, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        Array.ForEach(extensions, request.CertificateExtensions.Add);
        DateTimeOffset latest = _certificate.NotAfter.ToUniversalTime();
        using X509Certificate2 certificate = request.Create(_certificate, now - _headStart, end < latest ? end : latest, NewSerial());
        return new IssuedCertificate(
            certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n", IssuedCertificate.EntryOf(certificate));
    }

    // Positive, and never with a leading zero: then it reads the same wherever it is written.
    private static byte[] NewSerial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
