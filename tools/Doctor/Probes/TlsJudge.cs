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

        if (tls.Certificate is not { } certificate)
        {
            return Verdict.Wrong(
                $"{way.Address} speaks no TLS",
                $"the handshake ended with: {tls.HandshakeProblem}",
                "see which of the broker's ports is the one for TLS (usually 8883)");
        }

        string subject = certificate.GetNameInfo(X509NameType.SimpleName, false), issuer = certificate.GetNameInfo(X509NameType.SimpleName, true);
        return !tls.IsTrusted
                ? Verdict.Wrong(
                    $"the broker's certificate comes from no authority that is trusted {Where(way)}",
                    $"it is of '{subject}', issued by '{issuer}', and {way.Options.Tls!.CaFile} does not lead to it",
                    way.IsNode ? "provision the node with the authority that issued it, as ca.pem" : "give the authority that issued it with --cafile")
            : CertificateFiles.Time(certificate, now) is { } time
                ? Verdict.Wrong(
                    $"the broker's certificate {time}",
                    $"its dates ('{subject}' at {way.Address}), by this machine's clock",
                    "renew it at the broker; if it is good, set this machine's clock")
            : !tls.IsForName
                ? Verdict.Wrong(
                    $"the broker's certificate is not for '{way.Options.Host}'",
                    $"it is for {Names(certificate)}",
                    "call the broker by one of these names (brokerHost of the nodes, too), or issue it a certificate for this one")
            : null;
    }

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
