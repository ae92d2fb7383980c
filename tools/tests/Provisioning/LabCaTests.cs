using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Mosquitto;
using GatewayAgent.Provisioning;
using GatewayAgent.Provisioning.Certificates;
using GatewayAgent.Provisioning.Kits;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>What the lab's authority signs, and for how long.</summary>
public sealed class LabCaTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_nodes_certificate_is_good_for_twenty_years_on_p256()
    {
        using LabCa ca = LabCa.Create(_now);

        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(ca.IssueClient("attic", _now).Certificate);

        Assert.Equal("CN=attic", certificate.Subject);
        Assert.Equal(_now.AddYears(20).UtcDateTime, certificate.NotAfter.ToUniversalTime());
        Assert.True(certificate.NotBefore.ToUniversalTime() < _now.UtcDateTime);
        Assert.Equal("1.2.840.10045.3.1.7", certificate.PublicKey.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
        Assert.Equal("sha256ECDSA", certificate.SignatureAlgorithm.FriendlyName);
    }

    [Fact]
    public void No_certificate_outlives_the_authority()
    {
        using LabCa ca = LabCa.Create(_now);
        DateTimeOffset later = _now.AddYears(25);

        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(ca.IssueClient("attic", later).Certificate);

        Assert.Equal(_now.AddYears(30).UtcDateTime, certificate.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_keep_an_authority_from_signing()
    {
        using LabCa ca = LabCa.Create(_now);

        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(ca.IssueClient("attic", _now.AddHours(-3)).Certificate);

        Assert.Equal(_now.AddDays(-1).UtcDateTime, certificate.NotBefore.ToUniversalTime());
    }

    [Theory]
    [InlineData(1970)]
    [InlineData(2023)]
    public void An_authority_does_not_begin_before_anybodys_time(int year)
    {
        string message = Assert.Throws<ProvisionException>(() => LabCa.Create(new DateTimeOffset(year, 1, 2, 0, 0, 0, TimeSpan.Zero))).Message;

        Assert.Equal($"this machine's clock says {year}-01-02: set it first, for certificates begin with it", message);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(30 * 366)]
    public void A_clock_that_is_outside_the_authoritys_time_is_told(int days)
    {
        using LabCa ca = LabCa.Create(_now);

        string message = Assert.Throws<ProvisionException>(() => LabCa.Load(ca.CertificatePem, ca.KeyPem, _now.AddDays(days))).Message;

        Assert.EndsWith("and the kit's authority is good from 2026-11-21 until 2056-11-22: set the clock", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_the_certificates_is_no_authority()
    {
        using LabCa ca = LabCa.Create(_now), other = LabCa.Create(_now);

        Assert.Equal("authority/ca.pem and authority/ca.key: not a certificate and its key", Assert.Throws<ProvisionException>(() => LabCa.Load(ca.CertificatePem, other.KeyPem, _now)).Message);
    }

    [Fact]
    public void A_nodes_key_stands_as_mbedtls_reads_it()
    {
        using LabCa ca = LabCa.Create(_now);
        IssuedCertificate issued = ca.IssueClient(new string('n', 64), _now);

        // PKCS #8 without a pass-phrase, the curve by its name, and the public half beside the private one.
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\n", issued.Key, StringComparison.Ordinal);
        byte[] der = Convert.FromBase64String(string.Concat(issued.Key.Split('\n')[1..^2]));
        Assert.Equal(138, der.Length);
        Assert.Equal(Convert.FromHexString("06072A8648CE3D020106082A8648CE3D030107"), der[8..27]);
        Assert.InRange(issued.Certificate.Length, 500, 900);
    }

    [Fact]
    public void A_loaded_authority_goes_on_as_the_same()
    {
        using LabCa ca = LabCa.Create(_now);
        using LabCa loaded = LabCa.Load(ca.CertificatePem, ca.KeyPem, _now);
        IssuedCertificate issued = loaded.IssueClient("attic", _now);

        Assert.Null(CertificateCheck.OfClient(issued.Certificate, issued.Key, ca.CertificatePem, "attic", _now));
    }

    [Fact]
    public void Two_authorities_have_two_names()
    {
        using LabCa one = LabCa.Create(_now), other = LabCa.Create(_now);

        Assert.NotEqual(X509Certificate2.CreateFromPem(one.CertificatePem).Subject, X509Certificate2.CreateFromPem(other.CertificatePem).Subject);
    }

    [Fact]
    public void Names_and_addresses_of_a_broker_stand_where_clients_look()
    {
        using LabCa ca = LabCa.Create(_now);

        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(ca.IssueBroker(["broker.example", "192.168.1.5"], _now).Certificate);

        X509SubjectAlternativeNameExtension names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["broker.example"], names.EnumerateDnsNames());
        Assert.Equal(["192.168.1.5"], names.EnumerateIPAddresses().Select(address => address.ToString()));
    }

    [Fact]
    public void The_revocation_list_is_good_as_long_as_the_authority()
    {
        using LabCa ca = LabCa.Create(_now);
        string serial = CertificateEntry.Of(ca.IssueClient("attic", _now).Certificate).Serial;

        var list = CertificateRevocationListBuilder.LoadPem(ca.RevocationList([new RevokedEntry("h17", "attic", serial, _now), new RevokedEntry("h17", "hall", null, _now)], _now), out _);

        Assert.True(list.RemoveEntry(Convert.FromHexString(serial)));
    }
}
