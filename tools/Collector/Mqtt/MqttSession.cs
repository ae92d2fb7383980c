using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Mqtt;

/// <summary>One connection of a collector, from CONNECT to its end.</summary>
internal sealed class MqttSession : IDisposable
{
    /// <summary>
    /// An acknowledgement covers all before it, and one that is lost comes again: the node sends its report again, and is answered.
    /// So it needs no answer of the broker's, which at QoS 1 cost as much as the acknowledgement.
    /// </summary>
    private const int QoS = 0;

    /// <summary>
    /// Acknowledgements that may wait for the network, some 100 bytes each. Beyond them further ones are not sent: the nodes ask
    /// again by sending again.
    /// </summary>
    private const int MaxUnwritten = 32_768;

    /// <summary>Instead of a QoS in SUBACK: this in MQTT 3.1.1 (3.9.3), this or above in 5.0 (3.9.3).</summary>
    private const int SubscriptionRefused = 128;

    private readonly MosquittoClient _client;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _allWritten = new(true);
    private readonly ManualResetEventSlim _ended = new();
    private readonly CountdownEvent _subscribing;
    private readonly string[] _filters;
    private volatile bool _isRefused;
    private int _unwritten;

    public MqttSession(MosquittoOptions options, string? sharedGroup, MessageReceiver receive)
    {
        // Brokers do not send retained messages to shared subscriptions, and of two that follow each other the later must not be taken first.
        _filters =
        [
            .. new[] { Topics.Report, Topics.Event, Topics.CommandResult }.Select(leaf => Topics.Filter(leaf, sharedGroup)),
            .. new[] { Topics.State, Topics.ConfigState }.Select(leaf => Topics.Filter(leaf)),
        ];
        _subscribing = new CountdownEvent(_filters.Length);
        _client = new MosquittoClient(options);
        _client.MessageReceived += message => receive(message.Topic, message.Payload);
        _client.Published += _ => NoteWritten();
        _client.Subscribed += OnSubscribed;
        _client.Disconnected += OnDisconnected;
    }

    /// <summary>How the connection ended; null while it lasts.</summary>
    public MosquittoEnd? End { get; private set; }

    /// <summary>Set at the end of the connection.</summary>
    public WaitHandle Ended => _ended.WaitHandle;

    /// <summary>Connects and subscribes.</summary>
    /// <exception cref="MosquittoException">Not reachable, refused, or a subscription refused.</exception>
    public void Open(TimeSpan timeout)
    {
        _client.Connect(timeout);
        foreach (string filter in _filters)
        {
            _client.Subscribe(filter);
        }

        WaitHandle.WaitAny([_subscribing.WaitHandle, _ended.WaitHandle], timeout);
        if (!_subscribing.IsSet)
        {
            throw new MosquittoException($"no SUBACK: {End?.Reason ?? "the broker is silent"}");
        }

        if (_isRefused)
        {
            throw new MosquittoException("the broker refuses a subscription to gw/v1/+/+: its access list must let collectors read it");
        }
    }

    /// <summary>Hands a message over; false when it cannot go now.</summary>
    public bool Publish(string topic, ReadOnlySpan<byte> payload)
    {
        if (!Expect())
        {
            return false;
        }

        try
        {
            _client.Publish(topic, payload, QoS);
            return true;
        }
        catch (Exception e) when (e is MosquittoException or ObjectDisposedException)
        {
            // The connection has just ended, and its owner may already have closed it.
            NoteWritten();
            return false;
        }
    }

    /// <summary>Waits until what was published is written, then disconnects.</summary>
    public void Close(TimeSpan timeout)
    {
        WaitHandle.WaitAny([_allWritten.WaitHandle, _ended.WaitHandle], timeout);
        _client.Disconnect(timeout);
    }

    public void Dispose() => _client.Dispose();

    private bool Expect()
    {
        lock (_gate)
        {
            if (_unwritten >= MaxUnwritten)
            {
                return false;
            }

            _unwritten++;
            _allWritten.Reset();
            return true;
        }
    }

    private void NoteWritten()
    {
        lock (_gate)
        {
            if (--_unwritten == 0)
            {
                _allWritten.Set();
            }
        }
    }

    private void OnSubscribed(int id, int grantedQos)
    {
        _isRefused |= grantedQos >= SubscriptionRefused;
        _subscribing.Signal();
    }

    private void OnDisconnected(MosquittoEnd end)
    {
        End = end;
        _ended.Set();
    }
}
