using GatewayAgent.Mosquitto;

namespace GatewayAgent.Collector.Mqtt;

/// <summary>
/// Reports from an MQTT broker. The session is persistent under the client id <c>collector-{name}</c>, so the broker keeps what comes
/// while the collector is away; a lost connection is made again by itself.
/// </summary>
public sealed class MqttReportSource : IReportSource
{
    private static readonly TimeSpan _answerTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _closeTimeout = TimeSpan.FromSeconds(3);

    private readonly MosquittoOptions _options;
    private readonly string? _sharedGroup;
    private readonly Action<CollectorEvent> _log;
    private readonly BackOff _backOff = new(Random.Shared);
    private readonly ManualResetEvent _stopping = new(false);
    private Thread? _thread;
    private volatile MqttSession? _session;
    private volatile bool _isOpen;
    private long _disconnects;
    private long _connectedAtMs;

    /// <param name="broker">Address and credentials; client id and session are set here.</param>
    /// <param name="name">Name of this collector, the same at each start.</param>
    /// <param name="sharedGroup">Group of a shared subscription, for collectors that divide what nodes report; null = all of it. States come to each.</param>
    /// <param name="log">Told of connections made and lost.</param>
    public MqttReportSource(MosquittoOptions broker, string name, string? sharedGroup = null, Action<CollectorEvent>? log = null)
    {
        _options = broker with { ClientId = $"collector-{name}", CleanSession = false };
        _sharedGroup = sharedGroup;
        _log = log ?? (_ => { });
    }

    public bool IsConnected => _isOpen;

    public DateTimeOffset? ConnectedSince => _isOpen ? DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _connectedAtMs)) : null;

    public long Disconnects => Interlocked.Read(ref _disconnects);

    /// <exception cref="MosquittoException">libmosquitto is missing.</exception>
    public void Start(MessageReceiver receive)
    {
        MosquittoLibrary.Require();
        _thread = new Thread(() => KeepConnected(receive)) { Name = "collector connection", IsBackground = true };
        _thread.Start();
    }

    public bool Publish(string topic, byte[] payload) => _session?.Publish(topic, payload) ?? false;

    public void Dispose()
    {
        _stopping.Set();

        // Towards an address that does not answer, connecting takes minutes; nothing is lost by not waiting for that.
        _thread?.Join(2 * _closeTimeout);
    }

    private void KeepConnected(MessageReceiver receive)
    {
        do
        {
            try
            {
                RunSession(receive);
            }
            catch (MosquittoException e)
            {
                TellDisconnected(e.Message);
            }
        }
        while (!_stopping.WaitOne(_backOff.Next()));
    }

    private void RunSession(MessageReceiver receive)
    {
        using var session = new MqttSession(_options, _sharedGroup, receive);

        // A session that is resumed brings what has waited before anything is subscribed, and that wants to be acknowledged too.
        _session = session;
        try
        {
            session.Open(_answerTimeout);
            _backOff.Reset();
            Interlocked.Exchange(ref _connectedAtMs, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            _isOpen = true;
            _log(new CollectorEvent(CollectorEventKind.Connected, $"{_options.Host}:{_options.Port} as {_options.ClientId}"));
            WaitHandle.WaitAny([session.Ended, _stopping]);
        }
        finally
        {
            _isOpen = false;
            _session = null;
        }

        if (session.End is { } end)
        {
            TellDisconnected(end.Reason);
        }
        else
        {
            session.Close(_closeTimeout);
        }
    }

    private void TellDisconnected(string reason)
    {
        Interlocked.Increment(ref _disconnects);
        _log(new CollectorEvent(CollectorEventKind.Disconnected, reason));
    }
}
