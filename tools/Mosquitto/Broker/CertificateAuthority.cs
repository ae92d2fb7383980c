using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GatewayAgent.Mosquitto;

/// <summary>
/// A small certificate authority. ECDSA on P-256 with SHA-256 throughout: the device's mbedTLS verifies and signs with it, and a certificate has
/// a quarter of the size of one with RSA, which the device could do as well.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1", ClientPurpose = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 16;

    private CertificateAuthority(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>Its own, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    public string CertificatePem => Certificate.ExportCertificatePem() + "\n";

    public string KeyPem
    {
        get
        {
            using ECDsa key = Certificate.GetECDsaPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem() + "\n";
        }
    }

    public DateTimeOffset NotBefore => Certificate.NotBefore.ToUniversalTime();

    public DateTimeOffset NotAfter => Certificate.NotAfter.ToUniversalTime();

    public static CertificateAuthority Create(string commonName, DateTimeOffset from, DateTimeOffset until)
    {
        using ECDsa key = NewKey();
        CertificateRequest request = Request(commonName, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));

        // It tells authorities of the same name apart.
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new CertificateAuthority(request.CreateSelfSigned(from, until));
    }

    /// <exception cref="CryptographicException">One is not PEM, or they do not belong together.</exception>
    /// <exception cref="ArgumentException">The same.</exception>
    public static CertificateAuthority Load(string certificatePem, string keyPem) => new(X509Certificate2.CreateFromPem(certificatePem, keyPem));

    /// <summary>For a client, whom a broker takes for the user of this name.</summary>
    public IssuedCertificate IssueClient(string commonName, DateTimeOffset from, DateTimeOffset until) => Issue(commonName, ClientPurpose, from, until);

    /// <summary>For a broker that clients call by these names or addresses.</summary>
    public IssuedCertificate IssueBroker(IEnumerable<string> hosts, DateTimeOffset from, DateTimeOffset until) =>
        // A common name has 64 characters at most; it is the alternative names that are looked at.
        Issue("broker", ServerPurpose, from, until, BrokerNames.Of(hosts));

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static CertificateRequest Request(string commonName, ECDsa key)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        return new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
    }

    public void Dispose() => Certificate.Dispose();

    // Never outside the authority's own time: then it would not count.
    private IssuedCertificate Issue(string commonName, string purpose, DateTimeOffset from, DateTimeOffset until, params X509Extension[] extensions)
    {
        using ECDsa key = NewKey();
        CertificateRequest request = Request(commonName, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        Array.ForEach(extensions, request.CertificateExtensions.Add);
        using X509Certificate2 certificate = request.Create(Certificate, from > NotBefore ? from : NotBefore, until < NotAfter ? until : NotAfter, NewSerial());
        return new IssuedCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    // Positive, and never with a leading zero: then it reads the same wherever it is written.
    private static byte[] NewSerial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
