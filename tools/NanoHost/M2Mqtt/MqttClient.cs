using System.Collections;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GatewayAgent.Mosquitto;
using GatewayAgent.NanoHost;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// The device's client over libmosquitto, MQTT 3.1.1 only. What it reproduces:
/// the constructor resolves the host and throws when it cannot; Connect blocks, throws when the broker is not reachable and
/// returns the broker's code when it refuses; nothing reconnects by itself; Publish never looks at IsConnected: it queues, and
/// throws when the queue is full; events come from a thread of the client's own; a message without answer is given up
/// (IsPublished = false) after AttemptsOnRetry · DelayOnRetry; a lost connection clears the queue <em>without</em> an event for
/// each message and then raises ConnectionClosed, so whoever publishes counts ConnectionClosed as the loss of all that is under
/// way; Close and Dispose send no DISCONNECT, so the broker publishes the will.
/// </summary>
/// <remarks>
/// What differs: a message is copied at Publish (the device keeps the reference until the answer), is not sent a second time
/// while its connection lasts, and a topic with wildcards throws at Publish instead of breaking the connection.
/// </remarks>
public class MqttClient : IMqttClient, IDisposable
{
    private const ushort DefaultKeepAlive = 60;
    private const int LeastKeepAlive = 5;
    private const int MostInflight = 1000;
    private readonly InflightTable _inflight = new();
    private X509Certificate _caCertificate;
    private X509Certificate _clientCertificate;
    private volatile MqttSession _session;
    private string _host;
    private int _port;
    private bool _secure;
    private int _requests;

    public MqttClient(string brokerHostName)
        : this(brokerHostName, MqttSettings.BrokerDefaultPort, false, null, null, MqttSslProtocols.None)
    {
    }

    public MqttClient(
        string brokerHostName, int brokerPort, bool secure, X509Certificate caCert, X509Certificate clientCert, MqttSslProtocols sslProtocol) =>
        Init(brokerHostName, brokerPort, secure, caCert, clientCert);

    public delegate void ConnectionOpenedEventHandler(object sender, ConnectionOpenedEventArgs e);

    public event IMqttClient.ConnectionClosedEventHandler ConnectionClosed;

    public event IMqttClient.MqttMsgPublishEventHandler MqttMsgPublishReceived;

    public event IMqttClient.MqttMsgPublishedEventHandler MqttMsgPublished;

    public event IMqttClient.MqttMsgSubscribedEventHandler MqttMsgSubscribed;

    public event IMqttClient.MqttMsgUnsubscribedEventHandler MqttMsgUnsubscribed;

    public event ConnectionOpenedEventHandler ConnectionOpened;

    public bool IsConnected => _session is { IsConnected: true };

    public MqttSettings Settings { get; private set; }

    public string ClientId { get; private set; }

    public bool CleanSession { get; private set; }

    public bool WillFlag { get; private set; }

    public MqttQoSLevel WillQosLevel { get; private set; }

    public string WillTopic { get; private set; }

    public string WillMessage { get; private set; }

    public MqttProtocolVersion ProtocolVersion
    {
        get => MqttProtocolVersion.Version_3_1_1;
        set => _ = value == MqttProtocolVersion.Version_3_1_1 ? value : throw new NotSupportedException("MQTT 3.1.1 only");
    }

    public void Init(string brokerHostName, int brokerPort, bool secure, byte[] caCert, byte[] clientCert, MqttSslProtocols sslProtocol) =>
        Init(brokerHostName, brokerPort, secure, Load(caCert), Load(clientCert));

    public MqttReasonCode Connect(string clientId) => Connect(clientId, true);

    public MqttReasonCode Connect(string clientId, bool cleanSession) => Connect(clientId, null, null, cleanSession, DefaultKeepAlive);

    public MqttReasonCode Connect(string clientId, string username, string password) =>
        Connect(clientId, username, password, true, DefaultKeepAlive);

    public MqttReasonCode Connect(string clientId, string username, string password, bool cleanSession, ushort keepAlivePeriod) =>
        Connect(clientId, username, password, false, MqttQoSLevel.AtMostOnce, false, null, null, cleanSession, keepAlivePeriod);

    public MqttReasonCode Connect(
        string clientId,
        string username,
        string password,
        bool willRetain,
        MqttQoSLevel willQosLevel,
        bool willFlag,
        string willTopic,
        string willMessage,
        bool cleanSession,
        ushort keepAlivePeriod)
    {
        CloseSession();
        var options = new MosquittoOptions
        {
            Host = _host,
            Port = _port,
            ClientId = clientId,
            CleanSession = cleanSession,
            KeepAliveSeconds = keepAlivePeriod == 0 ? 0 : Math.Max(LeastKeepAlive, (int)keepAlivePeriod),
            UserName = username,
            Password = password,
            Will = willFlag ? new MosquittoWill(willTopic, Encoding.UTF8.GetBytes(willMessage), (int)willQosLevel, willRetain) : null,
            MaximumInflight = Math.Clamp(Settings.InflightQueueSize, 1, MostInflight),
        };
        MqttReasonCode code = Open(options);
        if (code == MqttReasonCode.Success)
        {
            (ClientId, CleanSession) = (clientId, cleanSession);
            (WillFlag, WillQosLevel, WillTopic, WillMessage) = (willFlag, willQosLevel, willTopic, willMessage);
        }

        return code;
    }

    /// <summary>Sends DISCONNECT, so the broker publishes no will; ConnectionClosed follows.</summary>
    public void Disconnect()
    {
        if (_session is not { IsConnected: true } session)
        {
            throw new MqttCommunicationException();
        }

        session.Disconnect();
    }

    /// <summary>Cuts the connection and forgets what is queued; no event tells of it.</summary>
    public void Close()
    {
        CloseSession();
        _inflight.Clear();
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    public ushort Publish(string topic, byte[] message) => Publish(topic, message, null);

    public ushort Publish(string topic, byte[] message, string contentType) => Publish(topic, message, contentType, null);

    public ushort Publish(string topic, byte[] message, string contentType, ArrayList userProperties) =>
        Publish(topic, message, contentType, userProperties, MqttQoSLevel.AtMostOnce, false);

    public ushort Publish(
        string topic, byte[] message, string contentType, ArrayList userProperties, MqttQoSLevel qosLevel, bool retain)
    {
        if (!string.IsNullOrEmpty(contentType) || userProperties is { Count: > 0 })
        {
            throw new NotSupportedException("content type and user properties are MQTT 5");
        }

        var request = new InflightRequest(NextId(), RequestKind.Publish, [topic], [qosLevel]) { Message = message ?? [], Retain = retain };
        return TryEnqueue(request) ? request.Id : throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
    }

    /// <summary>MqttMsgSubscribed tells the outcome. As on the device nothing does when the queue was full.</summary>
    public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels)
    {
        if (topics.Length == 0 || topics.Length != qosLevels.Length)
        {
            throw new MqttClientException(topics.Length == 0 ? MqttClientErrorCode.TopicsEmpty : MqttClientErrorCode.TopicsQosLevelsNotMatch);
        }

        return Request(RequestKind.Subscribe, topics, qosLevels);
    }

    public ushort Unsubscribe(string[] topics) => Request(RequestKind.Unsubscribe, topics, new MqttQoSLevel[topics.Length]);

    internal NanoContext Node { get; } = NanoContext.Current;

    internal void RaiseOpened(int code, bool sessionPresent) => ConnectionOpened?.Invoke(
        this, new ConnectionOpenedEventArgs(new MqttMsgConnack { ReturnCode = (MqttReasonCode)code, SessionPresent = sessionPresent }));

    /// <summary>A session ended by itself; nothing happens when the owner has replaced it meanwhile.</summary>
    internal void OnLost(MqttSession session)
    {
        if (Interlocked.CompareExchange(ref _session, null, session) == session)
        {
            session.Dispose();
            _inflight.Clear();
            ConnectionClosed?.Invoke(this, EventArgs.Empty);
        }
    }

    internal void RaiseReceived(MqttMsgPublishEventArgs e) => MqttMsgPublishReceived?.Invoke(this, e);

    internal void RaiseAnswered(InflightRequest request, bool published)
    {
        switch (request.Kind)
        {
            case RequestKind.Publish:
                MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(request.Id, published));
                break;
            case RequestKind.Subscribe:
                MqttMsgSubscribed?.Invoke(this, new MqttMsgSubscribedEventArgs(request.Id, request.Granted));
                break;
            default:
                MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(request.Id));
                break;
        }
    }

    private static X509Certificate2 Load(byte[] certificate) =>
        certificate == null ? null : X509CertificateLoader.LoadCertificate(certificate);

    /// <summary>The device resolves once and keeps the address; a certificate is checked against the name, so with TLS that is kept.</summary>
    private static string Resolve(string host, bool secure)
    {
        IPAddress[] addresses = Dns.GetHostAddresses(host);
        IPAddress address = Array.Find(addresses, candidate => candidate.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
        return secure ? host : address.ToString();
    }

    private void Init(string brokerHostName, int brokerPort, bool secure, X509Certificate caCert, X509Certificate clientCert)
    {
        Settings = Node.MqttSettings;
        (_host, _port, _secure) = (Resolve(brokerHostName, secure), brokerPort, secure);
        (_caCertificate, _clientCertificate) = (caCert, clientCert);
        if (secure)
        {
            Settings.SslPort = brokerPort;
        }
        else
        {
            Settings.Port = brokerPort;
        }
    }

    private MqttReasonCode Open(MosquittoOptions options)
    {
        using MqttTlsFiles tls = _secure ? new MqttTlsFiles(_caCertificate, _clientCertificate, Settings.ValidateServerCertificate) : null;
        var session = new MqttSession(this, _inflight, options with { Tls = tls?.Options });
        try
        {
            session.Connect();
        }
        catch (MosquittoException fault)
        {
            session.Dispose();
            return Refusal(fault);
        }

        _session = session;
        session.Start($"events {options.ClientId}");
        return MqttReasonCode.Success;
    }

    private static MqttReasonCode Refusal(MosquittoException fault) => fault switch
    {
        MosquittoRefusedException refused => (MqttReasonCode)refused.ReturnCode,
        MosquittoUnreachableException unreachable => throw new MqttConnectionException(
            "Exception connecting to the broker", new IOException(unreachable.Reason, unreachable)),
        _ => throw new MqttCommunicationException(fault),
    };

    private ushort Request(RequestKind kind, string[] topics, MqttQoSLevel[] levels)
    {
        var request = new InflightRequest(NextId(), kind, topics, levels);
        TryEnqueue(request);
        return request.Id;
    }

    private bool TryEnqueue(InflightRequest request)
    {
        bool added = _inflight.TryAdd(request, Settings.InflightQueueSize);
        if (added)
        {
            _session?.Send(request);
        }

        return added;
    }

    private void CloseSession() => Interlocked.Exchange(ref _session, null)?.Dispose();

    /// <summary>1 … 65,535, then 1 again.</summary>
    private ushort NextId() => (ushort)(((uint)Interlocked.Increment(ref _requests) - 1) % ushort.MaxValue + 1);
}
