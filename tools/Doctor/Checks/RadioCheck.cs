using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The radio that serves is one that agent and tools know.</summary>
internal sealed class RadioCheck() : Check("radio")
{
    private const uint KnownAbi = 1;

    public override Verdict Judge(Evidence evidence) => evidence.Talk?.State switch
    {
        not { Status: State.Types.Status.Online } => Verdict.Unknown("the node is not there to tell"),
        { RadioAbi: not (0 or KnownAbi) } state => Verdict.Wrong(
            $"the image's native radio has ABI {state.RadioAbi}, and ABI {KnownAbi} is known here",
            $"the birth message of agent {state.AgentVersion}",
            "flash image and agent of the same version (./gw flash), and use tools that are as new"),
        { RadioAbi: 0, Radio: Source.Native } => Verdict.Wrong(
            "the node claims a native radio without an ABI", "its birth message", "flash image and agent of the same version: ./gw flash"),
        { RadioAbi: 0 } state => Verdict.Fine($"agent {state.AgentVersion} on a stock image: links and clients, no channels"),
        { } state => Verdict.Fine($"agent {state.AgentVersion} with the native radio, ABI {state.RadioAbi}"),
    };
}
