using GatewayAgent.Doctor.Probes;

namespace GatewayAgent.Doctor;

/// <summary>What the probes brought; null = nobody asked for it.</summary>
internal sealed record Evidence
{
    public required DoctorRequest Request { get; init; }

    /// <summary>When it was gathered, by this machine's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Null = unknown.</summary>
    public string? Home { get; init; }

    public string? Node { get; init; }

    public BoardEvidence? Board { get; init; }

    public ImageEvidence? Image { get; init; }

    public FileEvidence? Files { get; init; }

    /// <summary>The way to the broker as the node goes it, with its own files.</summary>
    public BrokerEvidence? AsNode { get; init; }

    /// <summary>The way to the broker with the credentials that were given.</summary>
    public BrokerEvidence? AsUser { get; init; }

    public StoreEvidence? Store { get; init; }

    public CollectorEvidence? Collector { get; init; }

    public string Name => Home == null ? "the node" : $"{Home}/{Node}";

    /// <summary>Both ways that were gone: the node's first, for that is the one that counts.</summary>
    public IEnumerable<BrokerEvidence> Ways => new[] { AsNode, AsUser }.OfType<BrokerEvidence>();

    /// <summary>What is known of the node at the broker, by whoever could hear most.</summary>
    public NodeTalk? Talk => AsUser?.Talk ?? AsNode?.Talk;

    /// <summary>The broker holds the node for connected, so whatever its log said before of the way there is over.</summary>
    public bool IsOnline => Talk?.State is { Status: Protocol.State.Types.Status.Online };
}
