namespace GatewayAgent.Mosquitto;

/// <summary>What a <see cref="MosquittoBroker"/> allows.</summary>
public sealed record MosquittoBrokerOptions
{
    /// <summary>Who may connect; empty = anybody, and everything.</summary>
    public IReadOnlyList<BrokerUser> Users { get; init; } = [];

    /// <summary>Largest payload in bytes; a longer one is dropped by the broker. A report has at most 512, a configuration a few thousand.</summary>
    public int MaximumPayload { get; init; } = 16 * 1024;

    /// <summary>Messages kept for one client that is away or slow; beyond that new ones are dropped.</summary>
    public int MaximumQueued { get; init; } = 100_000;

    /// <summary>True keeps retained messages, sessions and queues over <see cref="MosquittoBroker.Stop"/>; a kill loses them anyway.</summary>
    public bool Persistent { get; init; }

    /// <summary>PEM files of the broker's own certificate and key: then the listener speaks TLS only.</summary>
    public (string Certificate, string Key)? Tls { get; init; }
}
