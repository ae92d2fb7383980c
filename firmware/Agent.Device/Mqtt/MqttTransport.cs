using System;
using GatewayAgent.Control;
using GatewayAgent.Ports;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace GatewayAgent.Device.Mqtt;

/// <summary>
/// MQTT 3.1.1 over nanoFramework.M2Mqtt. A client serves one connection: a new attempt makes a new one, which looks the broker's
/// name up again. Everything the client throws ends here.
/// </summary>
public sealed class MqttTransport : ITransport
{
    // Half of the broker's patience with a silent node; long enough that an idle link costs little.
    private const ushort KeepAliveSeconds = 60;

    // The client's own queue: what is in flight, the birth and the subscription.
    private const int ClientQueue = Limits.InFlight + 4;

    // Return code of a subscription that was refused.
    private const byte Refused = 0x80;

    private readonly AgentSettings _settings;
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

            Fail("refused by the broker: reason code " + ((int)answer).ToString());
        }
        catch (Exception e)
        {
            Fail("connect", e);
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

    public bool Subscribe(string topic)
    {
        try
        {
            _client.Subscribe(new string[] { topic }, new MqttQoSLevel[] { MqttQoSLevel.AtLeastOnce });
            return true;
        }
        catch (Exception e)
        {
            Fail("subscribe", e);
            return false;
        }
    }

    public void Disconnect() => Release();

    private MqttClient NewClient()
    {
        MqttClient client = new MqttClient(
            _settings.BrokerHost, _settings.BrokerPort, _settings.BrokerTls, null, null, _settings.BrokerTls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
        _client = client;
        client.ProtocolVersion = MqttProtocolVersion.Version_3_1_1;
        client.Settings.InflightQueueSize = ClientQueue;
        client.MqttMsgPublished += OnPublished;
        client.MqttMsgPublishReceived += OnMessage;
        client.MqttMsgSubscribed += OnSubscribed;
        return client;
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
        if (sender == _client)
        {
            Events.OnSubscribed(e.GrantedQoSLevels.Length > 0 && (byte)e.GrantedQoSLevels[0] < Refused);
        }
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

    // The client's own message only says that it failed; what failed is inside.
    private void Fail(string doing, Exception e)
    {
        Fail(doing + ": " + e.Message + (e.InnerException == null ? string.Empty : ": " + e.InnerException.Message));
    }

    private void Fail(string error)
    {
        LastError = error;
        Failed?.Invoke(error);
    }
}
