using GatewayAgent.Doctor.Log;
using GatewayAgent.Doctor.Probes;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The broker lets the node in, and whoever asks here.</summary>
internal sealed class LoginCheck() : LogCheck("login", Stage.Login)
{
    protected override Verdict JudgeRest(Evidence evidence)
    {
        if (evidence.Ways.FirstOrDefault(way => way.LoginProblem != null) is { } refused)
        {
            return Refusal(refused);
        }

        return evidence.Ways.Where(way => way.Talk != null).Select(way => way.Who).ToArray() is { Length: > 0 } who
            ? Verdict.Fine($"the broker lets in who comes {string.Join(" and ", who)}")
            : Verdict.Unknown("the broker was not reached");
    }

    // MQTT 3.1.1, table 3.1, and MQTT 5.0, table 3-1.
    private static Verdict Refusal(BrokerEvidence way) => way.LoginCode switch
    {
        _ when way.IsSilent => Wrong(
            way,
            $"{way.Address} takes connections, and does not answer",
            way.Options.Tls == null ? "if this is its port for TLS, give --cafile; otherwise something else listens there, or the broker hangs" : "the broker hangs: see its log and its disk, then restart it"),
        5 or 135 when way is { IsNode: true, Options: { UserName: null, Tls: not { CertificateFile: not null } } } => Wrong(
            way, "the node has neither password nor certificate, and the broker lets nobody in without a name", "provision the node again for this broker: ./gw provision"),
        5 or 135 when way.Options is { UserName: null, Tls: not { CertificateFile: not null } } =>
            Wrong(way, "the broker lets nobody in without a name", "give --user and --password-file, or --cert and --key"),
        4 or 134 or 5 or 135 when way.Options.Password != null => Wrong(
            way,
            $"the broker refuses user '{way.Options.UserName}' or the password",
            way.IsNode ? "give the broker the node's password, or provision the node again" : "check --user and --password-file, and the broker's password file"),
        4 or 134 or 5 or 135 => Wrong(way, $"the broker does not let in who comes {way.Who}", "check that the broker takes the certificate's name for a user it knows"),
        2 or 133 => Wrong(way, "the broker does not take the client identifier 'doctor-…'", "some brokers bind it to the user: allow others for the user that is used here"),
        3 or 136 => Wrong(way, "the broker is not available", "see the broker's own log"),
        _ when way.Options.Tls == null => Wrong(way, "the broker hangs up before it answers", "if this is its port for TLS, give --cafile; otherwise see the broker's own log"),
        _ => Wrong(way, Reason(way), "check the client certificate: missing, expired, of another authority, or not known to the broker"),
    };

    private static Verdict Wrong(BrokerEvidence way, string text, string todo) => Verdict.Wrong(text, $"a connection {way.Who}: {way.LoginProblem}", todo);

    private static string Reason(BrokerEvidence way)
    {
        string words = way.LoginProblem!;
        int colon = words.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? words : words[(colon + 2)..];
    }
}
