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
        Assert.Contains("the certificate is not valid before ", Refusal(Signed("attic", _authority, start: _now.AddDays(1))), StringComparison.Ordinal);
        Assert.EndsWith("the certificate has no common name", Refusal(Signed("attic", _authority, "O=attic")), StringComparison.Ordinal);
        Assert.Contains("the certificate is not for clients", Refusal(Signed("attic", _authority, extension: new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false))), StringComparison.Ordinal);
        Assert.Contains("the certificate is not for clients", Refusal(Signed("attic", _authority, extension: new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, true))), StringComparison.Ordinal);
        Assert.EndsWith("its first certificate is for no key of a node here", Refusal(PathOf("operator.pem")), StringComparison.Ordinal);
        Assert.EndsWith("holds no certificate in PEM", Refusal(_lab.InKit("manifest.csv")), StringComparison.Ordinal);
        Assert.All(_lab.Manifest.Nodes, node => Assert.False(node.Ready));
    }

    [Fact]
    public void A_later_certificate_for_the_same_key_takes_the_place_of_the_first()
    {
        _lab.Provision(KitLab.Plan("h17", "attic"));
        Import(Signed("attic", _authority));
        (string key, CertificateEntry first) = (_lab.Read("nodes/attic/client.key"), _lab.Manifest.Nodes.Single().Certificate!);

        Assert.Equal(["attic"], Import(Signed("attic", _authority, end: _now.AddYears(8))));

        Assert.Equal(key, _lab.Read("nodes/attic/client.key"));
        Assert.True(_lab.Manifest.Nodes.Single().Certificate!.NotAfter > first.NotAfter);
    }

    [Fact]
    public void A_node_is_given_certificates_and_nothing_else_of_a_file()
    {
        _lab.Provision(KitLab.Plan("h17", "attic"));
        string file = Signed("attic", _authority);
        string own = File.ReadAllText(file);
        File.WriteAllText(file, $"Certificate:\n    Data: Version 3\n{own}\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        Import(file);

        Assert.Equal(own.Trim() + "\n", _lab.Read("nodes/attic/client.pem"));
    }

    [Fact]
    public void A_chain_that_no_node_can_bear_is_refused()
    {
        _lab.Provision(KitLab.Plan("h17", "attic"));
        string file = Signed("attic", _authority);
        File.AppendAllText(file, "\n" + string.Concat(Enumerable.Repeat(_authority.ExportCertificatePem() + "\n", 20)));

        Assert.Contains("21 certificates of ", Refusal(file), StringComparison.Ordinal);
        Assert.EndsWith("a node can bear 8,192. Leave only those that are needed", Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nodes_could_not_trust_is_no_authority()
    {
        using X509Certificate2 expired = NewAuthority("CN=Old", end: _now.AddDays(-1));
        using X509Certificate2 own = NewAuthority("CN=broker.example", isAuthority: false);

        Assert.Contains("'Old' has expired on ", RefusedAuthority(expired.ExportCertificatePem()), StringComparison.Ordinal);
        Assert.EndsWith("'broker.example' is no authority, but somebody's own certificate", RefusedAuthority(own.ExportCertificatePem()), StringComparison.Ordinal);
        Assert.EndsWith("holds no certificate in PEM", RefusedAuthority("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), StringComparison.Ordinal);
        Assert.Contains("a node can bear 8,192", RefusedAuthority(string.Concat(Enumerable.Repeat(_authority.ExportCertificatePem() + "\n", 30))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kit_that_signs_itself_imports_nothing()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));
        using KitChange kit = lab.Begin();

        Assert.Contains("it was not made with --ca", Assert.Throws<ProvisionException>(() => kit.Import([lab.InKit("nodes/attic/client.pem")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_authority_needs_another_kit()
    {
        _lab.Provision(KitLab.Plan("h17", "attic"));
        using X509Certificate2 other = NewAuthority("CN=Other");
        File.WriteAllText(PathOf("operator.pem"), other.ExportCertificatePem());

        Assert.StartsWith("--ca: ", Assert.Throws<ProvisionException>(() => _lab.Begin()).Message, StringComparison.Ordinal);
    }

    private static X509Certificate2 NewAuthority(string name, X509Certificate2? issuer = null, DateTimeOffset? end = null, bool isAuthority = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (issuer == null)
        {
            return request.CreateSelfSigned(_now.AddDays(-9), end ?? _now.AddYears(9));
        }

        using X509Certificate2 signed = request.Create(issuer, _now.AddDays(-9), _now.AddYears(8), [1, 2, 3]);
        return signed.CopyWithPrivateKey(key);
    }

    private string RefusedAuthority(string pem)
    {
        File.WriteAllText(PathOf("other.pem"), pem);
        using var lab = new KitLab { Request = _lab.Request with { AuthorityFile = PathOf("other.pem") } };
        return Assert.Throws<ProvisionException>(() => lab.Begin()).Message;
    }

    private string Signed(string node, X509Certificate2 by, string? name = null, DateTimeOffset? start = null, DateTimeOffset? end = null, X509Extension? extension = null)
    {
        CertificateRequest request = CertificateRequest.LoadSigningRequestPem(_lab.Read($"nodes/{node}/client.csr"), HashAlgorithmName.SHA256);
        var issued = new CertificateRequest(new X500DistinguishedName(name ?? request.SubjectName.Name), request.PublicKey, HashAlgorithmName.SHA256);
        if (extension != null)
        {
            issued.CertificateExtensions.Add(extension);
        }

        using ECDsa key = by.GetECDsaPrivateKey()!;
        using X509Certificate2 certificate =
            issued.Create(by.SubjectName, X509SignatureGenerator.CreateForECDsa(key), start ?? _now.AddDays(-8), end ?? _now.AddYears(5), [4, 5, 6]);
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
