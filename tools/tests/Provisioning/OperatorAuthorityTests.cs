using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Provisioning;
using GatewayAgent.Provisioning.Kits;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>Nodes whose certificates an operator's own authority signs: keys stay in the kit, requests go out, certificates come back.</summary>
public sealed class OperatorAuthorityTests : IDisposable
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    private readonly X509Certificate2 _authority = NewAuthority("CN=Operator");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gw-operator-");
    private readonly KitLab _lab;

    public OperatorAuthorityTests()
    {
        File.WriteAllText(PathOf("operator.pem"), _authority.ExportCertificatePem());
        _lab = new KitLab { Request = new KitRequest { Host = "mqtt.example", AuthorityFile = PathOf("operator.pem") } };
    }

    public void Dispose()
    {
        _lab.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_node_waits_with_a_request_and_is_ready_with_its_certificate()
    {
        _lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h17", "hall"));

        Assert.All(_lab.Manifest.Nodes, node => Assert.False(node.Ready));
        Assert.False(File.Exists(_lab.InKit("nodes/attic/files.json")));
        string key = _lab.Read("nodes/attic/client.key");

        Assert.Equal(["attic"], Import(Signed("attic", _authority)));

        Assert.Equal([true, false], _lab.Manifest.Nodes.Select(node => node.Ready));
        Assert.NotNull(_lab.Manifest.Nodes[0].Certificate);
        Assert.Contains("client.pem", _lab.Read("nodes/attic/files.json"), StringComparison.Ordinal);
        Assert.False(File.Exists(_lab.InKit("nodes/attic/client.csr")));
        Assert.Equal(key, _lab.Read("nodes/attic/client.key"));
        Assert.Equal(["attic", "hall"], _lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h17", "hall")).Unchanged);
    }

    [Fact]
    public void The_request_names_the_node_and_is_signed_with_its_key()
    {
        _lab.Provision(KitLab.Plan("h17", "attic"));

        CertificateRequest request = CertificateRequest.LoadSigningRequestPem(_lab.Read("nodes/attic/client.csr"), HashAlgorithmName.SHA256);

        Assert.Equal("CN=attic", request.SubjectName.Name);
    }

    [Fact]
    public void The_kit_has_no_authority_and_no_broker_certificate_of_its_own()
    {
        _lab.Provision(KitLab.Plan("h17", "attic"));

        Assert.Equal(["broker/acl", "broker/ca.pem"], _lab.Files().Where(file => file.StartsWith("broker/", StringComparison.Ordinal)));
        Assert.False(File.Exists(_lab.InKit("authority/ca.key")));
        using KitChange kit = _lab.Begin();
        Assert.Equal("the broker's certificate comes from the operator's authority", Assert.Throws<ProvisionException>(() => kit.RenewBroker([])).Message);
    }

    [Fact]
    public void A_certificate_by_way_of_an_authority_in_the_middle_is_taken()
    {
        _lab.Provision(KitLab.Plan("h17", "attic"));
        using X509Certificate2 middle = NewAuthority("CN=Operator devices", _authority);
        string file = Signed("attic", middle);
        File.AppendAllText(file, "\n" + middle.ExportCertificatePem() + "\n");

        Assert.Equal(["attic"], Import(file));
    }

    [Fact]
    public void What_a_broker_would_refuse_is_not_taken()
    {
        _lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h17", "hall"));
        using X509Certificate2 stranger = NewAuthority("CN=Stranger");

        Assert.EndsWith("the certificate does not come from the authority", Refusal(Signed("attic", stranger)), StringComparison.Ordinal);
        Assert.EndsWith("the certificate is for 'porch', not for 'attic'", Refusal(Signed("attic", _authority, "CN=porch")), StringComparison.Ordinal);
        Assert.Contains("the certificate has expired on ", Refusal(Signed("attic", _authority, end: _now.AddDays(-1))), StringComparison.Ordinal);
        Assert.EndsWith("its key is that of no node that waits for a certificate", Refusal(PathOf("operator.pem")), StringComparison.Ordinal);
        Assert.EndsWith("holds no certificate in PEM", Refusal(_lab.InKit("manifest.csv")), StringComparison.Ordinal);
        Assert.All(_lab.Manifest.Nodes, node => Assert.False(node.Ready));
    }

    [Fact]
    public void Another_authority_needs_another_kit()
    {
        _lab.Provision(KitLab.Plan("h17", "attic"));
        using X509Certificate2 other = NewAuthority("CN=Other");
        File.WriteAllText(PathOf("operator.pem"), other.ExportCertificatePem());

        Assert.StartsWith("--ca: ", Assert.Throws<ProvisionException>(() => _lab.Begin()).Message, StringComparison.Ordinal);
    }

    private static X509Certificate2 NewAuthority(string name, X509Certificate2? issuer = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (issuer == null)
        {
            return request.CreateSelfSigned(_now.AddDays(-9), _now.AddYears(9));
        }

        using X509Certificate2 signed = request.Create(issuer, _now.AddDays(-9), _now.AddYears(8), [1, 2, 3]);
        return signed.CopyWithPrivateKey(key);
    }

    private string Signed(string node, X509Certificate2 by, string? name = null, DateTimeOffset? end = null)
    {
        CertificateRequest request = CertificateRequest.LoadSigningRequestPem(_lab.Read($"nodes/{node}/client.csr"), HashAlgorithmName.SHA256);
        var issued = new CertificateRequest(new X500DistinguishedName(name ?? request.SubjectName.Name), request.PublicKey, HashAlgorithmName.SHA256);
        using ECDsa key = by.GetECDsaPrivateKey()!;
        using X509Certificate2 certificate =
            issued.Create(by.SubjectName, X509SignatureGenerator.CreateForECDsa(key), _now.AddDays(-8), end ?? _now.AddYears(5), [4, 5, 6]);
        string file = PathOf($"{node}.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return file;
    }

    private IReadOnlyList<string> Import(params string[] files)
    {
        using KitChange kit = _lab.Begin();
        IReadOnlyList<string> ready = kit.Import(files);
        kit.Commit();
        return ready;
    }

    private string Refusal(string file) => Assert.Throws<ProvisionException>(() => Import(file)).Message;

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
