using System.Net;
using System.Net.Sockets;
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

        if (evidence.Ways.FirstOrDefault(IsForeign) is { } foreign)
        {
            return Verdict.Wrong(
                $"{foreign.Options.Host} has IPv6 addresses only, and a board speaks IPv4",
                $"this machine's name service: {string.Join(", ", foreign.Addresses.Select(address => address.ToString()))}",
                "give the broker an IPv4 address too (an A record), or an IPv4 address as brokerHost");
        }

        return evidence.Ways.Any()
            ? Verdict.Fine(string.Join(", ", evidence.Ways.Select(Text).Distinct()))
            : Verdict.Unknown("no broker is known: give --broker, or --files");
    }

    // An address that was named here may be for this machine alone; a name is the nodes', too.
    private static bool IsForeign(BrokerEvidence way) =>
        (way.IsNode || !IPAddress.TryParse(way.Options.Host, out _))
        && way.Addresses.Count > 0
        && way.Addresses.All(address => address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false });

    private static string Text(BrokerEvidence way) => $"{way.Options.Host} is {string.Join(", ", way.Addresses.Select(address => address.ToString()))}";
}
