using GatewayAgent.Doctor.Log;
using GatewayAgent.Doctor.Probes;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The broker is who it should be.</summary>
internal sealed class TlsCheck() : LogCheck("TLS", Stage.Tls)
{
    protected override Verdict JudgeRest(Evidence evidence)
    {
        if (evidence.Ways.Select(way => TlsJudge.Problem(way, evidence.Now)).OfType<Verdict>().FirstOrDefault() is { } problem)
        {
            return problem;
        }

        return evidence.Ways.Select(way => way.Tls).OfType<TlsEvidence>().FirstOrDefault() is { Certificate: { } certificate } tls
                ? Verdict.Fine($"{tls.Protocol}, the broker's certificate is good until {CertificateFiles.Day(certificate.NotAfter)}")
            : evidence.Ways.Any(way => way.Options.Tls == null && way.ConnectionProblem == null && way.NameProblem == null)
                ? Verdict.Unknown("the connection is made without TLS: --cafile makes it one with")
            : Verdict.Unknown("there is no connection");
    }
}
