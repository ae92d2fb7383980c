using GatewayAgent.Doctor.Log;
using GatewayAgent.Doctor.Probes;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The broker's name leads to an address.</summary>
internal sealed class NameCheck() : LogCheck("broker's name", Stage.Name)
{
    protected override Verdict JudgeRest(Evidence evidence)
    {
        if (evidence.Ways.FirstOrDefault(way => way.NameProblem != null) is { } lost)
        {
            return Verdict.Wrong(
                $"{lost.Options.Host} cannot be looked up",
                $"this machine's name service: {lost.NameProblem}",
                "check the spelling of the broker's name, then the DNS of this network; a node in a home asks the home's gateway");
        }

        return evidence.Ways.Any()
            ? Verdict.Fine(string.Join(", ", evidence.Ways.Select(Text).Distinct()))
            : Verdict.Unknown("no broker is known: give --broker, or --files");
    }

    private static string Text(BrokerEvidence way) => $"{way.Options.Host} is {string.Join(", ", way.Addresses.Select(address => address.ToString()))}";
}
