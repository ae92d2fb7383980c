namespace GatewayAgent.Mosquitto;

/// <summary>What a <see cref="MosquittoBroker"/> allows.</summary>
public sealed record MosquittoBrokerOptions
{
    /// <summary>Who may connect; empty = anybody, and everything.</summary>
    public IReadOnlyList<BrokerUser> Users { get; init; } = [];

    /// <summary>
    /// Largest payload in bytes; a longer one is dropped by the broker, and a client that sends a packet much longer is disconnected. It is
    /// what bounds a node's memory: the device's MQTT client allocates whatever length a packet announces, and copies it about twice. Three
    /// times 4 KiB a node's heap can bear. A report has at most 512 bytes, a configuration well under 4 KiB.
    /// </summary>
    public int MaximumPayload { get; init; } = 4 * 1024;

    /// <summary>Messages kept for one client that is away or slow; beyond that new ones are dropped.</summary>
    public int MaximumQueued { get; init; } = 100_000;

    /// <summary>True keeps retained messages, sessions and queues over <see cref="MosquittoBroker.Stop"/>; a kill loses them anyway.</summary>
    public bool Persistent { get; init; }

    /// <summary>PEM files of the broker's own certificate and key: then the listener speaks TLS only.</summary>
    public (string Certificate, string Key)? Tls { get; init; }

    /// <summary>
    /// With <see cref="Tls"/>: PEM file of the authority of the clients. Each client must then have a certificate from it, whose common
    /// name is its user name; passwords are not asked for.
    /// </summary>
    public string? ClientAuthority { get; init; }

    /// <summary>
    /// Told, in the broker's words, of each message that its access list denies: MQTT 3.1.1 has no way to tell the sender. Costs the broker
    /// a line of log a packet: for labs.
    /// </summary>
    public Action<string>? Denied { get; init; }
}
