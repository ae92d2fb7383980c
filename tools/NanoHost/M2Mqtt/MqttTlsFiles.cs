using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Mosquitto;
using GatewayAgent.NanoHost;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// Certificates as the PEM files libmosquitto reads while it connects: in a temporary folder that nobody but its user may enter (Unix mode
/// 700) and that goes afterwards.
/// </summary>
internal sealed class MqttTlsFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gw-tls-").FullName;

    /// <param name="authority">Null = the system's authorities, as the device falls back on its stored bundle.</param>
    /// <param name="own">With its private key, or null.</param>
    public MqttTlsFiles(X509Certificate authority, X509Certificate own, bool verify)
    {
        try
        {
            Options = new MosquittoTls
            {
                CaFile = authority == null ? null : Write("ca.pem", Pem(authority)),
                CertificateFile = own == null ? null : Write("own.pem", Pem(own)),
                KeyFile = own == null ? null : Write("own.key", Key(own)),
                VerifyBroker = verify,
            };
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public MosquittoTls Options { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Pem(X509Certificate certificate) =>
        (certificate as PemCertificate)?.Pem ?? PemEncoding.WriteString("CERTIFICATE", certificate.GetRawCertData());

    private static string Key(X509Certificate certificate) => certificate switch
    {
        PemCertificate { KeyPem: { } key } => key,
        X509Certificate2 { HasPrivateKey: true } own =>
            ((AsymmetricAlgorithm)own.GetECDsaPrivateKey() ?? own.GetRSAPrivateKey()).ExportPkcs8PrivateKeyPem(),
        _ => throw new ArgumentException("the client certificate holds no private key"),
    };

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
