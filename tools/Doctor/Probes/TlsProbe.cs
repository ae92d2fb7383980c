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
    /// <param name="connection">To the broker.</param>
    /// <param name="protocols">None = whatever both sides can.</param>
    public static TlsEvidence Look(TcpClient connection, MosquittoOptions options, SslProtocols protocols, TimeSpan patience, CancellationToken cancel)
    {
        X509Certificate2Collection authorities = [];
        X509CertificateCollection own;
        try
        {
            authorities.ImportFromPemFile(options.Tls!.CaFile!);
            own = options.Tls.CertificateFile == null ? [] : [X509Certificate2.CreateFromPemFile(options.Tls.CertificateFile, options.Tls.KeyFile)];
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return new TlsEvidence { OwnProblem = e.Message };
        }

        return authorities.Count == 0
            ? new TlsEvidence { OwnProblem = $"{options.Tls.CaFile} holds no certificate in PEM" }
            : Shake(connection, options.Host, authorities, own, protocols, patience, cancel);
    }

    private static TlsEvidence Shake(
        TcpClient connection,
        string host,
        X509Certificate2Collection authorities,
        X509CertificateCollection own,
        SslProtocols protocols,
        TimeSpan patience,
        CancellationToken cancel)
    {
        // What was seen counts also when there is no agreement in the end.
        var seen = new TlsEvidence();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(patience);
        try
        {
            using var stream = new SslStream(connection.GetStream(), leaveInnerStreamOpen: true, (_, given, chain, found) =>
            {
                seen = given == null ? seen : Seen(X509CertificateLoader.LoadCertificate(given.Export(X509ContentType.Cert)), chain, authorities, found);
                return true;
            });
            var client = new SslClientAuthenticationOptions { TargetHost = host, ClientCertificates = own, EnabledSslProtocols = protocols };
            stream.AuthenticateAsClientAsync(client, end.Token).GetAwaiter().GetResult();
            return seen with { Protocol = stream.SslProtocol };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return seen with { IsSilent = true, HandshakeProblem = $"no answer to a TLS handshake within {patience.TotalSeconds:0} s" };
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return seen with { HandshakeProblem = e.GetBaseException().Message };
        }
    }

    private static TlsEvidence Seen(X509Certificate2 certificate, X509Chain? sent, X509Certificate2Collection authorities, SslPolicyErrors errors) => new()
    {
        Certificate = certificate,
        IsForName = !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch),
        Authorities = WayTo(authorities, certificate, sent),
    };

    private static X509Certificate2[] WayTo(X509Certificate2Collection authorities, X509Certificate2 certificate, X509Chain? sent)
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
        bool leads = chain.Build(certificate) && chain.ChainElements.Any(element => authorities.Contains(element.Certificate));
        return leads ? [.. chain.ChainElements.Skip(1).Select(element => X509CertificateLoader.LoadCertificate(element.Certificate.RawData))] : [];
    }
}
