using System;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Control;
using GatewayAgent.Ports;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace GatewayAgent.Device.Mqtt;

/// <summary>
/// MQTT 3.1.1 over nanoFramework.M2Mqtt. A client serves one connection: a new attempt makes a new one, which looks the broker's
/// name up again. Everything the client throws ends here.
/// <para>
/// TLS is 1.2, with the provisioned authority and no other of ours: without one there is no connection. The runtime checks the broker's
/// certificate against the authority, the host name and the clock; a device that does not know the time refuses every certificate.
/// </para>
/// </summary>
public sealed class MqttTransport : ITransport
{
    // Half of the broker's patience with a silent node; long enough that an idle link costs little.
    private const ushort KeepAliveSeconds = 60;

    // The client's own queue: the packet under way, the subscription, and some air.
    private const int ClientQueue = 4;

    // Return code of a subscription that was refused.
    private const byte Refused = 0x80;

    private AgentSettings _settings;
    private MqttClient _client;

    public MqttTransport(AgentSettings settings)
    {
        _settings = settings;
        LastError = string.Empty;
    }

    public bool IsConnected => _client != null && _client.IsConnected;

    public string LastError { get; private set; }

    public ITransportEvents Events { get; set; }

    /// <summary>Tells each failure as it comes, for the log.</summary>
    public event TransportFailed Failed;

    public bool Connect(string willTopic, string willMessage)
    {
        Release();
        if (_settings.BrokerTls && _settings.BrokerCa == null)
        {
            Fail("no authority for TLS is provisioned (ca.pem): without one every broker would be trusted, so there is no connection");
            return false;
        }

        try
        {
            MqttClient client = NewClient();
            MqttReasonCode answer = client.Connect(
                _settings.Node,
                _settings.BrokerPassword == null ? null : _settings.Node,
                _settings.BrokerPassword,
                true,
                MqttQoSLevel.AtLeastOnce,
                true,
                willTopic,
                willMessage,
                true,
                KeepAliveSeconds);
            if (answer == MqttReasonCode.Success)
            {
                return true;
            }

            Fail(At() + FaultText.OfRefusal((int)answer));
        }
        catch (Exception e)
        {
            Fail(At() + FaultText.Of(e));
        }

        Release();
        return false;
    }

    public int Publish(string topic, byte[] payload, bool retain)
    {
        if (!IsConnected)
        {
            return -1;
        }

        try
        {
            return _client.Publish(topic, payload, null, null, MqttQoSLevel.AtLeastOnce, retain);
        }
        catch (Exception e)
        {
            Fail("publish", e);
            return -1;
        }
    }

    public bool Subscribe(string[] topics)
    {
        try
        {
            MqttQoSLevel[] levels = new MqttQoSLevel[topics.Length];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = MqttQoSLevel.AtLeastOnce;
            }

            _client.Subscribe(topics, levels);
            return true;
        }
        catch (Exception e)
        {
            Fail("subscribe", e);
            return false;
        }
    }

    public void Use(AgentSettings settings)
    {
        _settings = settings;
    }

    public void Disconnect() => Release();

    private MqttClient NewClient()
    {
        bool tls = _settings.BrokerTls;
        MqttClient client = new MqttClient(
            _settings.BrokerHost,
            _settings.BrokerPort,
            tls,
            tls ? Authority() : null,
            tls && _settings.ClientCertificate != null ? Own() : null,
            tls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
        _client = client;
        client.ProtocolVersion = MqttProtocolVersion.Version_3_1_1;
        client.Settings.InflightQueueSize = ClientQueue;
        client.MqttMsgPublished += OnPublished;
        client.MqttMsgPublishReceived += OnMessage;
        client.MqttMsgSubscribed += OnSubscribed;
        return client;
    }

    // What the exceptions of the certificates say is nothing, or could quote a key.
    private X509Certificate Authority()
    {
        try
        {
            return new X509Certificate2(_settings.BrokerCa);
        }
        catch (Exception)
        {
            throw new ArgumentException("the authority (ca.pem) is not a certificate in PEM");
        }
    }

    private X509Certificate Own()
    {
        try
        {
            return new X509Certificate2(_settings.ClientCertificate, _settings.ClientKey, string.Empty);
        }
        catch (Exception)
        {
            throw new ArgumentException("the client certificate (client.pem) or its key (client.key) is not PEM, or one is not the other's");
        }
    }

    private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
    {
        if (sender == _client)
        {
            Events.OnPublished(e.MessageId, e.IsPublished);
        }
    }

    private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
    {
        if (sender != _client)
        {
            return;
        }

        int granted = Granted(e.GrantedQoSLevels);
        if (granted != (1 << e.GrantedQoSLevels.Length) - 1)
        {
            Fail(At() + "the broker refuses a subscription: its access list must let this node read its own branch");
        }

        Events.OnSubscribed(granted);
    }

    private static int Granted(MqttQoSLevel[] levels)
    {
        int granted = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            granted |= (byte)levels[i] < Refused ? 1 << i : 0;
        }

        return granted;
    }

    private void OnMessage(object sender, MqttMsgPublishEventArgs e)
    {
        if (sender == _client)
        {
            Events.OnMessage(e.Topic, e.Message);
        }
    }

    private void Release()
    {
        MqttClient client = _client;
        _client = null;
        if (client == null)
        {
            return;
        }

        client.MqttMsgPublished -= OnPublished;
        client.MqttMsgPublishReceived -= OnMessage;
        client.MqttMsgSubscribed -= OnSubscribed;
        try
        {
            client.Dispose();
        }
        catch (Exception e)
        {
            Fail("dispose", e);
        }
    }

    private string At() => _settings.BrokerHost + ":" + _settings.BrokerPort.ToString() + ": ";

    private void Fail(string doing, Exception e)
    {
        Fail(doing + ": " + FaultText.Of(e));
    }

    private void Fail(string error)
    {
        LastError = error;
        Failed?.Invoke(error);
    }
}
