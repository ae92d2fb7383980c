using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Doctor.Probes;

/// <summary>Shakes hands with a broker to look at its certificate; whether to trust it is judged, not enforced.</summary>
internal static class TlsProbe
{
    public static TlsEvidence Look(TcpClient connection, MosquittoOptions options, TimeSpan patience, CancellationToken cancel)
    {
        X509Certificate2? certificate = null;
        SslPolicyErrors errors = SslPolicyErrors.None;
        bool isTrusted = false;
        X509Certificate2Collection authorities = [];
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(patience);
        try
        {
            authorities.ImportFromPemFile(options.Tls!.CaFile!);
            using var stream = new SslStream(connection.GetStream(), leaveInnerStreamOpen: true, (_, given, chain, found) =>
            {
                certificate = given == null ? null : X509CertificateLoader.LoadCertificate(given.Export(X509ContentType.Cert));
                errors = found;
                isTrusted = certificate != null && IsFrom(certificate, chain, authorities);
                return true;
            });
            var client = new SslClientAuthenticationOptions { TargetHost = options.Host, ClientCertificates = Own(options.Tls) };
            stream.AuthenticateAsClientAsync(client, end.Token).GetAwaiter().GetResult();
            return new TlsEvidence(null, certificate, !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch), isTrusted, stream.SslProtocol.ToString());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failed($"no answer to a TLS handshake within {patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is AuthenticationException or IOException or CryptographicException)
        {
            return Failed((e.InnerException ?? e).Message);
        }

        // A broker that misses our certificate has shown its own before.
        TlsEvidence Failed(string why) => new(why, certificate, !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch), isTrusted, null);
    }

    private static bool IsFrom(X509Certificate2 certificate, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid | X509VerificationFlags.AllowUnknownCertificateAuthority;
        foreach (X509ChainElement element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        // An authority in the middle may be the one that is trusted.
        return chain.Build(certificate) && chain.ChainElements.Any(element => authorities.Contains(element.Certificate));
    }

    private static X509CertificateCollection Own(MosquittoTls tls) =>
        tls.CertificateFile == null ? [] : [X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile)];
}
