using System.Diagnostics;
using GatewayAgent.Control;
using GatewayAgent.Ports;

namespace GatewayAgent.VirtualDevice.Running;

/// <summary>
/// A node's line to the broker: passes everything on, notes what happens on it, and is as dead as the node's uplink. The network beyond it is real: a round
/// trip takes as long as it takes, however fast the node's clock goes.
/// </summary>
internal sealed class BrokerLine : ITransport, ITransportEvents
{
    private readonly ITransport _client;
    private readonly Func<bool> _isUp;
    private readonly VirtualClock? _clock;
    private long _sentAt, _sentTimestamp;

    /// <param name="client">The MQTT client.</param>
    /// <param name="isUp">Whether the node's uplink carries anything.</param>
    /// <param name="clock">The node's, where it may go faster than life.</param>
    public BrokerLine(ITransport client, Func<bool> isUp, VirtualClock? clock = null)
    {
        _client = client;
        _isUp = isUp;
        _clock = clock;
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
        Interlocked.Exchange(ref _sentAt, _clock?.UptimeMs ?? 0);
        Interlocked.Exchange(ref _sentTimestamp, Stopwatch.GetTimestamp());
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
        // One packet is under way at a time. Without a pace the clock stands still until the answer is there.
        if (_clock?.Pace == null)
        {
            Events?.OnPublished(packetId, acknowledged);
        }
        else
        {
            long elapsed = (long)Stopwatch.GetElapsedTime(Interlocked.Read(ref _sentTimestamp)).TotalMilliseconds;
            VirtualClock.Show(Interlocked.Read(ref _sentAt) + elapsed, () => Events?.OnPublished(packetId, acknowledged));
        }

        Heard?.Invoke();
    }

    void ITransportEvents.OnMessage(string topic, byte[] payload)
    {
        Events?.OnMessage(topic, payload);
        Heard?.Invoke();
    }
}
