using GatewayAgent.Doctor.Log;

namespace GatewayAgent.Doctor.Checks;

/// <summary>Somebody listens at the broker's address.</summary>
internal sealed class ConnectionCheck() : LogCheck("connection", Stage.Connection)
{
    protected override Verdict JudgeRest(Evidence evidence)
    {
        if (evidence.Ways.FirstOrDefault(way => way.ConnectionProblem != null) is { } lost)
        {
            return Verdict.Wrong(
                $"{lost.Address}: {lost.ConnectionProblem}",
                $"a TCP connection from this machine to {string.Join(", ", lost.Addresses.Select(address => address.ToString()))}",
                "see that this is the broker's address, that it runs and which ports it listens at (1883, with TLS 8883), then look for a firewall on the way");
        }

        return evidence.Ways.FirstOrDefault(way => way.NameProblem == null) is { } way
            ? Verdict.Fine($"{way.Address} answers in {way.ConnectionTime.TotalMilliseconds:0} ms")
            : Verdict.Unknown("the broker's name comes first");
    }
}
