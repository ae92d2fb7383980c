using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Mosquitto;
using GatewayAgent.Provisioning.Kits;

namespace GatewayAgent.Provisioning.Certificates;

/// <summary>The authority that a kit keeps: how long what it signs is good, and whom it has revoked.</summary>
internal sealed class LabCa : IDisposable
{
    /// <summary>
    /// A node in a hall is not visited to renew a certificate, so its own outlives it. The broker's is renewed without touching a node, and
    /// a node asks no revocation list, so that one is short.
    /// </summary>
    public const int AuthorityYears = 30, NodeYears = 20, BrokerYears = 2;

    // This program did not exist then: a clock before it was never set.
    private const int FirstYear = 2024;

    // For clocks that are slow.
    private static readonly TimeSpan _headStart = TimeSpan.FromDays(1);

    private readonly CertificateAuthority _authority;

    private LabCa(CertificateAuthority authority) => _authority = authority;

    public string CertificatePem => _authority.CertificatePem;

    public string KeyPem => _authority.KeyPem;

    /// <exception cref="ProvisionException">The clock was never set: certificates would be good at another time.</exception>
    public static LabCa Create(DateTimeOffset now)
    {
        if (now.Year < FirstYear)
        {
            throw new ProvisionException($"this machine's clock says {Day(now)}: set it first, for certificates begin with it");
        }

        // A name of its own: where two authorities are trusted at once, a device tells them apart by name.
        string name = $"GatewayAgent lab {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        return new LabCa(CertificateAuthority.Create(name, now - _headStart, now.AddYears(AuthorityYears)));
    }

    /// <exception cref="ProvisionException">It is not an authority of ours, the key is another's, or it is not its time.</exception>
    public static LabCa Load(string certificatePem, string keyPem, DateTimeOffset now)
    {
        LabCa ca;
        try
        {
            ca = new LabCa(CertificateAuthority.Load(certificatePem, keyPem));
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new ProvisionException($"{KitFolder.AuthorityCertificate} and {KitFolder.AuthorityKey}: not a certificate and its key");
        }

        return now >= ca._authority.NotBefore && now < ca._authority.NotAfter
            ? ca
            : throw new ProvisionException(
                $"this machine's clock says {Day(now)}, and the kit's authority is good from {Day(ca._authority.NotBefore)} until {Day(ca._authority.NotAfter)}: set the clock");
    }

    /// <summary>For a node, or another client of the broker, which takes the common name for its user name.</summary>
    public IssuedCertificate IssueClient(string commonName, DateTimeOffset now) => _authority.IssueClient(commonName, now - _headStart, now.AddYears(NodeYears));

    /// <summary>For a broker that clients call by these names or addresses.</summary>
    public IssuedCertificate IssueBroker(IReadOnlyList<string> hosts, DateTimeOffset now) => _authority.IssueBroker(hosts, now - _headStart, now.AddYears(BrokerYears));

    /// <summary>PEM. Good as long as the authority: a broker refuses everybody once its list is out of date.</summary>
    public string RevocationList(IEnumerable<RevokedEntry> revoked, DateTimeOffset now)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (RevokedEntry entry in revoked.Where(entry => entry.Serial != null))
        {
            list.AddEntry(Convert.FromHexString(entry.Serial!), entry.Revoked);
        }

        var number = new BigInteger(now.ToUnixTimeMilliseconds());
        byte[] signed = list.Build(_authority.Certificate, number, _authority.NotAfter, HashAlgorithmName.SHA256, thisUpdate: now - _headStart);
        return PemEncoding.WriteString("X509 CRL", signed) + "\n";
    }

    public void Dispose() => _authority.Dispose();

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
