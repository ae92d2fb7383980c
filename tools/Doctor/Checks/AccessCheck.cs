using GatewayAgent.Doctor.Log;
using GatewayAgent.Doctor.Probes;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The broker's access list: what the node may say and hear, and what may be asked here.</summary>
internal sealed class AccessCheck() : LogCheck("access", Stage.Access)
{
    protected override Verdict JudgeRest(Evidence evidence) =>
        OfNode(evidence) ?? OfUser(evidence) ?? (evidence.Talk == null ? Verdict.Unknown("the broker was not reached") : Fine(evidence));

    private static Verdict? OfNode(Evidence evidence) => evidence.AsNode?.Talk switch
    {
        { CanPublish: false } => Verdict.Wrong(
            $"the broker does not take what {evidence.Name} publishes on its own branch",
            $"published {evidence.AsNode.Who} on gw/v1/{evidence.Name}/doctor, and refused or not answered",
            $"let the node write gw/v1/{evidence.Name}/# in the broker's access list; home and node are as in agent.json, capitals count; then restart the broker, for it has dropped the node's birth message"),
        { CanRead: false } => Verdict.Wrong(
            $"the broker gives {evidence.Name} nothing of its own branch: no acknowledgement, configuration or command reaches it",
            $"published {evidence.AsNode.Who} on gw/v1/{evidence.Name}/doctor: taken, and it never came back to a subscription of the same",
            $"let the node read gw/v1/{evidence.Name}/# in the broker's access list"),
        _ => null,
    };

    private static Verdict? OfUser(Evidence evidence)
    {
        if (evidence.Talk is not { } talk)
        {
            return null;
        }

        BrokerEvidence way = evidence.AsUser ?? evidence.AsNode!;
        if (talk.Refused.Count > 0)
        {
            return Verdict.Wrong(
                $"the broker does not let this user read {string.Join(", ", talk.Refused.Select(leaf => $"gw/v1/{evidence.Name}/{leaf}"))}",
                $"a subscription {way.Who} was refused",
                "use a user who may read the node's branch, or give this one the right");
        }

        return talk.IsCommandRefused
                ? Verdict.Wrong(
                    $"the broker does not let this user give commands to {evidence.Name}",
                    $"published {way.Who} on gw/v1/{evidence.Name}/cmd, and refused",
                    "use a user who may write it, or leave --ask out")
            : talk.State == null && talk.Neighbours.Count == 0 && evidence.Store?.Status?.Birth != null
                ? Verdict.Wrong(
                    $"the broker gives this user nothing of {evidence.Name}",
                    $"subscribed {way.Who} without a refusal, and not even the state came that brokers keep; the store has had the node's birth",
                    "let this user read gw/v1/+/+/state and report (mosquitto does not tell that it holds messages back); or the broker has lost what it keeps, in a restart without persistence")
            : null;
    }

    private static Verdict Fine(Evidence evidence) => Verdict.Fine(
        evidence.AsNode?.Talk is { CanRead: true } ? "the node may write and read its branch" : "no subscription was refused (a broker may hold messages back without a word)");
}
