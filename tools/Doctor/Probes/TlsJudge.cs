using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GatewayAgent.Doctor.Probes;

/// <summary>What is wrong with a broker's TLS.</summary>
internal static class TlsJudge
{
    /// <returns>Null = nothing that shows in the handshake, or there was none to make.</returns>
    public static Verdict? Problem(BrokerEvidence way, DateTimeOffset now)
    {
        if (way.Tls is not { } tls)
        {
            return null;
        }

        if (tls.OwnProblem is { } own)
        {
            return Verdict.Wrong("the files for TLS that were given here cannot be used", own, "--cafile is PEM with the broker's authority; --cert is PEM, and --key the key of just that");
        }

        if (tls.Certificate is not { } certificate)
        {
            return tls is { IsAlert: true, IsOtherVersion: false } ? null
                : tls.IsSilent
                ? Verdict.Wrong($"{way.Address} takes connections, and does not answer", tls.HandshakeProblem!, "something else listens there, or the broker hangs: see that it is the broker's port, then restart it")
                : Verdict.Wrong(
                    $"{way.Address} speaks no TLS",
                    $"the handshake ended with: {tls.HandshakeProblem}",
                    "see which of the broker's ports is the one for TLS (usually 8883)");
        }

        string subject = certificate.GetNameInfo(X509NameType.SimpleName, false), issuer = certificate.GetNameInfo(X509NameType.SimpleName, true);
        return tls.Authorities.Count == 0
                ? Verdict.Wrong(
                    $"the broker's certificate comes from no authority that is trusted {Where(way)}",
                    $"it is of '{subject}' at {Addresses(way)}, issued by '{issuer}', and {way.Options.Tls!.CaFile} does not lead to it",
                    way.IsNode ? "provision the node with the authority that issued it, as ca.pem" : "give the authority that issued it with --cafile")
            : CertificateFiles.Time(certificate, now) is { } time
                ? Verdict.Wrong(
                    $"the broker's certificate {time}",
                    $"its dates ('{subject}' at {way.Address}), by this machine's clock",
                    "renew it at the broker; if it is good, set this machine's clock")
            : tls.Authorities.FirstOrDefault(one => CertificateFiles.Time(one, now) != null) is { } authority
                ? Verdict.Wrong(
                    $"the authority of the broker's certificate {CertificateFiles.Time(authority, now)}",
                    $"the dates of '{authority.GetNameInfo(X509NameType.SimpleName, false)}', by this machine's clock; the broker's own certificate is good",
                    "make a new authority, and give it to the broker, all nodes and all clients; if it is good, set this machine's clock")
            : !tls.IsForName
                ? Verdict.Wrong(
                    $"the broker's certificate is not for '{way.Options.Host}'",
                    $"it is for {Names(certificate)}, at {Addresses(way)}",
                    "call the broker by one of these names (brokerHost of the nodes, too), or issue it a certificate for this one")
            : way.IsNode && tls.Protocol > SslProtocols.Tls12 && !way.Speaks12
                ? Verdict.Wrong(
                    "the broker speaks TLS 1.3 only, and nodes speak 1.2",
                    "a handshake without limits, which succeeded, and one with TLS 1.2 only, which did not",
                    "let the broker speak TLS 1.2, too (mosquitto: no tls_version tlsv1.3)")
            : null;
    }

    private static string Addresses(BrokerEvidence way) => string.Join(", ", way.Addresses.Select(address => address.ToString()));

    private static string Where(BrokerEvidence way) => way.IsNode ? "by the node" : "here";

    private static string Names(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        IEnumerable<string> all = names == null
            ? [certificate.GetNameInfo(X509NameType.SimpleName, false)]
            : names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()));
        return string.Join(", ", all.Select(name => $"'{name}'"));
    }
}
