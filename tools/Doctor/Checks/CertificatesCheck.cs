using GatewayAgent.Doctor.Probes;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The node's certificates, before anybody tries them.</summary>
internal sealed class CertificatesCheck() : Check("certificates")
{
    private const int SoonDays = 30;

    public override Verdict Judge(Evidence evidence) => evidence.Files switch
    {
        null => Verdict.Unknown("they are among the node's files: give --files"),
        { CertificateProblem: { } problem } => Verdict.Wrong(problem.Text, problem.Known, problem.Todo),
        { SettingsProblem: not null } => Verdict.Unknown("the settings come first"),
        { Certificates.Count: 0 } => Verdict.Unknown("there are none: the node makes its connection without TLS"),
        { } files => Verdict.Fine(string.Join(", ", files.Certificates.Select(one => Text(one, evidence.Now)))),
    };

    private static string Text((string File, System.Security.Cryptography.X509Certificates.X509Certificate2 Certificate) one, DateTimeOffset now)
    {
        bool isSoon = one.Certificate.NotAfter.ToUniversalTime() < now.UtcDateTime.AddDays(SoonDays);
        return $"{one.File} is good until {CertificateFiles.Day(one.Certificate.NotAfter)}{(isSoon ? " (soon)" : "")}";
    }
}
