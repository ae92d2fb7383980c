using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Portal;

namespace GatewayAgent.Tests.Portal;

public sealed class HttpsTests : IDisposable
{
    private static readonly DateTimeOffset _from = DateTimeOffset.UtcNow.AddDays(-1), _to = DateTimeOffset.UtcNow.AddDays(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gw-https-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Who_knows_only_the_root_of_a_certificate_is_sent_what_stands_between()
    {
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 root = Request("CN=root", rootKey, isAuthority: true).CreateSelfSigned(_from, _to);
        using X509Certificate2 middle = Request("CN=middle", middleKey, isAuthority: true).Create(root, _from, _to, [1]);
        using X509Certificate2 signing = middle.CopyWithPrivateKey(middleKey);
        using X509Certificate2 own = Request("CN=127.0.0.1", key, isAuthority: false).Create(signing, _from, _to, [2]);
        string file = Write("portal.pem", own.ExportCertificatePem() + "\n" + middle.ExportCertificatePem());
        using PortalHost portal = PortalHost.Start(
            new PortalOptions { Listen = "https://127.0.0.1:0", Certificate = file, Key = Write("portal.key", key.ExportPkcs8PrivateKeyPem()) }, new FakeStore());
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(root) } });

        using HttpResponseMessage response = await http.GetAsync(new Uri(portal.Url, "/api/v1/me"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("max-age=31536000", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public void A_file_that_is_no_certificate_is_refused_by_name()
    {
        string file = Write("portal.pem", "no certificate");

        PortalException refusal = Assert.Throws<PortalException>(
            () => PortalHost.Start(new PortalOptions { Listen = "https://127.0.0.1:0", Certificate = file, Key = file }, new FakeStore()));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        return request;
    }

    private static X509ChainPolicy Trusting(X509Certificate2 root) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { root },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
