using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Mosquitto;

namespace nanoFramework.M2Mqtt;

/// <summary>Certificates as the PEM files libmosquitto reads while it connects, in a folder of ours that goes afterwards.</summary>
internal sealed class MqttTlsFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gw-tls-").FullName;

    /// <param name="authority">Null = the system's authorities, as the device falls back on its stored bundle.</param>
    /// <param name="own">With its private key, or null.</param>
    public MqttTlsFiles(X509Certificate authority, X509Certificate own, bool verify) => Options = new MosquittoTls
    {
        CaFile = authority == null ? null : Write("ca.pem", Pem(authority)),
        CertificateFile = own == null ? null : Write("own.pem", Pem(own)),
        KeyFile = own == null ? null : Write("own.key", Key(own)),
        VerifyBroker = verify,
    };

    public MosquittoTls Options { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Pem(X509Certificate certificate) => PemEncoding.WriteString("CERTIFICATE", certificate.GetRawCertData());

    private static string Key(X509Certificate certificate)
    {
        var own = certificate as X509Certificate2;
        AsymmetricAlgorithm key = (AsymmetricAlgorithm)own?.GetECDsaPrivateKey() ?? own?.GetRSAPrivateKey();
        return key?.ExportPkcs8PrivateKeyPem()
            ?? throw new ArgumentException("the client certificate holds no private key");
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
