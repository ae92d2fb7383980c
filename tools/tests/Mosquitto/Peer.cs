using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Mosquitto;

/// <summary>A message as a test keeps it.</summary>
public sealed record Received(string Topic, byte[] Payload, int Qos, bool Retain);

/// <summary>A client whose events land in inboxes.</summary>
public sealed class Peer : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Peer(MosquittoBroker broker, MosquittoOptions? options = null)
        : this((options ?? new MosquittoOptions()) with { Host = broker.Host, Port = broker.Port })
    {
    }

    public Peer(MosquittoOptions options)
    {
        Client = new MosquittoClient(options);
        Client.Connected += (code, present) => Connects.Add((code, present));
        Client.Disconnected += Ends.Add;
        Client.Published += Acknowledged.Add;
        Client.Subscribed += (id, qos) => Grants.Add((id, qos));
        Client.MessageReceived += message => Messages.Add(new Received(message.Topic, message.Payload.ToArray(), message.Qos, message.Retain));
    }

    public MosquittoClient Client { get; }

    public Inbox<(int Code, bool SessionPresent)> Connects { get; } = new();

    public Inbox<MosquittoEnd> Ends { get; } = new();

    public Inbox<int> Acknowledged { get; } = new();

    public Inbox<(int Id, int Qos)> Grants { get; } = new();

    public Inbox<Received> Messages { get; } = new();

    public static Peer Connect(MosquittoBroker broker, MosquittoOptions? options = null)
    {
        var peer = new Peer(broker, options);
        peer.Client.Connect(Patience);
        return peer;
    }

    /// <summary>Subscribes and waits for the broker's answer.</summary>
    /// <returns>The granted QoS.</returns>
    public int Subscribe(string filter, int qos = 2)
    {
        int id = Client.Subscribe(filter, qos);
        (int answered, int granted) = Grants.Take();
        Assert.Equal(id, answered);
        return granted;
    }

    public void Dispose() => Client.Dispose();
}
