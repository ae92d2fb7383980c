using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GatewayAgent.Mosquitto;

/// <summary>
/// A throw-away certificate authority for a lab or a test, in memory but for the PEM files it hands out: those are in a temporary folder
/// that nobody but its user may enter (Unix mode 700), and go with it.
/// </summary>
public sealed class LabAuthority : IDisposable
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 12;
    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("gw-lab-").FullName;
    private readonly X509Certificate2 _certificate;
    private readonly X509SubjectKeyIdentifierExtension _keyIdentifier;

    public LabAuthority()
    {
        using ECDsa key = NewKey();
        CertificateRequest request = Request("CN=GatewayAgent lab", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));

        // It tells authorities of the same name apart.
        _keyIdentifier = new X509SubjectKeyIdentifierExtension(request.PublicKey, false);
        request.CertificateExtensions.Add(_keyIdentifier);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow - _lifetime, DateTimeOffset.UtcNow + _lifetime);
        Certificate = _certificate.ExportCertificatePem();
        CertificateFile = Write("ca.pem", Certificate);
    }

    /// <summary>PEM.</summary>
    public string Certificate { get; }

    public string CertificateFile { get; }

    /// <summary>A certificate for a broker at these names or addresses.</summary>
    /// <param name="hosts">What clients may call it.</param>
    /// <param name="expired">Its time is over since yesterday.</param>
    public LabIdentity IssueBroker(IReadOnlyList<string> hosts, bool expired = false) =>
        Issue(hosts[0], ServerPurpose, expired, BrokerNames.Of(hosts));

    /// <summary>A certificate for a client; its name is the user the broker takes it for.</summary>
    /// <param name="user">Common name.</param>
    /// <param name="expired">Its time is over since yesterday.</param>
    public LabIdentity IssueClient(string user, bool expired = false) => Issue(user, ClientPurpose, expired);

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CertificateRequest Request(string subject, ECDsa key) => new(subject, key, HashAlgorithmName.SHA256);

    private LabIdentity Issue(string commonName, string purpose, bool expired, params X509Extension[] extensions)
    {
        using ECDsa key = NewKey();
        CertificateRequest request = Request($"CN={commonName}", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(_keyIdentifier));
        Array.ForEach(extensions, request.CertificateExtensions.Add);
        DateTimeOffset end = DateTimeOffset.UtcNow.AddDays(expired ? -1 : 7);
        byte[] serial = RandomNumberGenerator.GetBytes(SerialBytes);
        using X509Certificate2 certificate = request.Create(_certificate, DateTimeOffset.UtcNow.AddDays(-7), end, serial);

        string stem = Convert.ToHexStringLower(serial);
        (string pem, string keyPem) = (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        return new LabIdentity(pem, keyPem, Write($"{stem}.pem", pem), Write($"{stem}.key", keyPem));
    }

    private string Write(string name, string text) => PrivateFile.Write(Path.Combine(_folder, name), text);
}
