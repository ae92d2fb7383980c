using GatewayAgent.Control;
using GatewayAgent.Ports;

namespace GatewayAgent.VirtualDevice.Running;

/// <summary>
/// A node's line to the broker: passes everything on, notes what happens on it, and is as dead as the node's uplink.
/// </summary>
internal sealed class BrokerLine : ITransport, ITransportEvents
{
    private readonly ITransport _client;
    private readonly Func<bool> _isUp;

    /// <param name="client">The MQTT client.</param>
    /// <param name="isUp">Whether the node's uplink carries anything.</param>
    public BrokerLine(ITransport client, Func<bool> isUp)
    {
        _client = client;
        _isUp = isUp;
        client.Events = this;
    }

    /// <summary>Something came from the broker; raised on threads of the client.</summary>
    public event Action? Heard;

    /// <summary>Calls of <see cref="Connect"/> so far.</summary>
    public int Attempts { get; private set; }

    /// <summary>Payload bytes that went out, and packets.</summary>
    public long SentBytes { get; private set; }

    public long SentPackets { get; private set; }

    public bool IsConnected => _isUp() && _client.IsConnected;

    public string LastError { get; private set; } = "";

    public ITransportEvents? Events { get; set; }

    public bool Connect(string willTopic, string willMessage)
    {
        Attempts++;
        if (!_isUp())
        {
            LastError = "no uplink";
            return false;
        }

        bool connected = _client.Connect(willTopic, willMessage);
        LastError = _client.LastError;
        return connected;
    }

    public int Publish(string topic, byte[] payload, bool retain)
    {
        int packetId = _client.Publish(topic, payload, retain);
        LastError = _client.LastError;
        if (packetId >= 0)
        {
            SentPackets++;
            SentBytes += payload.Length;
        }

        return packetId;
    }

    public bool Subscribe(string[] topics)
    {
        bool subscribed = _client.Subscribe(topics);
        LastError = _client.LastError;
        return subscribed;
    }

    public void Disconnect() => _client.Disconnect();

    public void Use(AgentSettings settings) => _client.Use(settings);

    void ITransportEvents.OnSubscribed(int granted)
    {
        Events?.OnSubscribed(granted);
        Heard?.Invoke();
    }

    void ITransportEvents.OnPublished(int packetId, bool acknowledged)
    {
        Events?.OnPublished(packetId, acknowledged);
        Heard?.Invoke();
    }

    void ITransportEvents.OnMessage(string topic, byte[] payload)
    {
        Events?.OnMessage(topic, payload);
        Heard?.Invoke();
    }
}
