using GatewayAgent.Mosquitto;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>One connection of a client: carries requests to libmosquitto, and what happens to the client's own event thread.</summary>
internal sealed class MqttSession : IDisposable
{
    private static readonly TimeSpan _disconnectTime = TimeSpan.FromSeconds(5);

    private readonly MqttClient _client;
    private readonly InflightTable _inflight;
    private readonly MosquittoClient _mosquitto;
    private readonly EventQueue _events = new();

    public MqttSession(MqttClient client, InflightTable inflight, MosquittoOptions options)
    {
        _client = client;
        _inflight = inflight;
        _mosquitto = new MosquittoClient(options);
        _mosquitto.Connected += client.RaiseOpened;
        _mosquitto.MessageReceived += OnMessage;
        _mosquitto.Published += packet => OnAnswer(packet, null);
        _mosquitto.Subscribed += (packet, level) => OnAnswer(packet, (MqttQoSLevel)level);
        _mosquitto.Unsubscribed += packet => OnAnswer(packet, null);
        _mosquitto.Disconnected += _ => _events.Finish();
    }

    public bool IsConnected => !_events.Finished && _mosquitto.IsConnected;

    public void Connect() => _mosquitto.Connect(TimeSpan.FromMilliseconds(MqttSettings.DefaultTimeout));

    /// <summary>Sends what was queued before the connection and starts to raise events.</summary>
    public void Start(string name)
    {
        Array.ForEach(_inflight.Unsent(), Send);
        new Thread(Dispatch) { IsBackground = true, Name = name }.Start();
    }

    public void Send(InflightRequest request)
    {
        MqttSettings settings = _client.Settings;
        _inflight.Send(request, _mosquitto, Environment.TickCount64 + ((long)settings.AttemptsOnRetry * settings.DelayOnRetry));
        _events.Nudge();
    }

    public void Disconnect() => _mosquitto.Disconnect(_disconnectTime);

    public void Dispose()
    {
        _events.Stop();
        _mosquitto.Dispose();
    }

    private void OnMessage(MosquittoMessage message)
    {
        var e = new MqttMsgPublishEventArgs(message.Topic, message.Payload.ToArray(), false, (MqttQoSLevel)message.Qos, message.Retain);
        _events.Post(() => _client.RaiseReceived(e));
    }

    private void OnAnswer(int packet, MqttQoSLevel? granted)
    {
        InflightRequest request = _inflight.Answer(packet, granted);

        // A QoS 0 message has no answer; libmosquitto tells that it was written.
        if (request != null && (request.Kind != RequestKind.Publish || request.Levels[0] != MqttQoSLevel.AtMostOnce))
        {
            _events.Post(() => _client.RaiseAnswered(request, published: true));
        }
    }

    /// <summary>The event thread. A handler that throws ends the connection, as on the device.</summary>
    private void Dispatch()
    {
        while (_events.Wait(UntilNextDeadline(), out Action raise))
        {
            Guarded(raise);
            GiveUpLate();
        }

        if (!_events.Stopped)
        {
            Guarded(() => _client.OnLost(this));
        }
    }

    private void Guarded(Action raise)
    {
        try
        {
            raise?.Invoke();
        }
        catch (Exception fault)
        {
            _client.Node.ReportFault(fault);
            _events.Finish();
        }
    }

    private int UntilNextDeadline() => (int)Math.Clamp(_inflight.NextDeadline() - Environment.TickCount64, 0, int.MaxValue);

    private void GiveUpLate()
    {
        foreach (InflightRequest request in _inflight.Expire(Environment.TickCount64))
        {
            // As on the device a subscription that is given up has no event.
            if (request.Kind == RequestKind.Publish)
            {
                _events.Post(() => _client.RaiseAnswered(request, published: false));
            }
        }
    }
}
