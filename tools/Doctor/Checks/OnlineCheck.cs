using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The broker holds the node for connected.</summary>
internal sealed class OnlineCheck() : Check("online")
{
    public override Verdict Judge(Evidence evidence) => evidence.Talk?.State switch
    {
        null when evidence.Talk == null && evidence.Store?.Status?.Status is { } status => Stored(evidence, status),
        null => Verdict.Unknown("there is no state of it"),
        _ when evidence.Talk.Boots > 1 => Verdict.Unknown("it restarts: see boots"),
        { Status: var status } when evidence.Talk.Departures > (status == State.Types.Status.Online ? 0 : 1) => ComesAndGoes(evidence, evidence.Talk),
        { Status: State.Types.Status.Online } => Verdict.Fine("the broker holds the node for connected"),
        _ => Offline(evidence, "the broker keeps the will that it publishes when a connection breaks"),
    };

    private static Verdict ComesAndGoes(Evidence evidence, Probes.NodeTalk talk) => Verdict.Wrong(
        $"{evidence.Name} comes and goes: its connection broke {talk.Departures} times in {Ago.Of(talk.Listened)}",
        "births and wills of one and the same boot, while it was listened to",
        $"see the broker's log: 'already connected, closing old connection' is another client that calls itself '{evidence.Node}', such as a second board with the same files; otherwise the node's Wi-Fi breaks");

    private static Verdict Stored(Evidence evidence, State.Types.Status status) => status == State.Types.Status.Online
        ? Verdict.Fine("when the store heard of it last")
        : Offline(evidence, "the store has had its will");

    private static Verdict Offline(Evidence evidence, string known)
    {
        string since = evidence.Store?.Status is { Status: State.Types.Status.Offline, StatusSince: { } when } ? $" for {Ago.Of(evidence.Now - when)}" : "";
        (string Name, bool IsOnline)[] home = [.. evidence.Talk?.Neighbours.Where(one => one.Name.StartsWith(evidence.Home + "/", StringComparison.Ordinal)) ?? []];
        return home.Length > 0 && home.All(one => !one.IsOnline)
            ? Verdict.Wrong(
                $"the whole home {evidence.Home} is offline{since}, {evidence.Name} too",
                $"{known}; so it does of {string.Join(", ", home.Select(one => one.Name))}",
                "look at the home's gateway and its way to the internet first")
            : Verdict.Wrong(
                $"{evidence.Name} is offline{since}",
                $"{known}{Last(evidence)}",
                "see that it has power and is in reach of its Wi-Fi; on a cable its own log says more: ./gw doctor --port PORT --restart");
    }

    private static string Last(Evidence evidence) => evidence.Store?.Status?.Birth is { } birth && (birth.LastWords.Length > 0 || birth.ResetCause > ResetCause.Software)
        ? $"; its last start was after '{Names.Of(birth.ResetCause)}'{(birth.LastWords.Length == 0 ? "" : $", and of the end before it knew: {birth.LastWords}")}"
        : "";
}
