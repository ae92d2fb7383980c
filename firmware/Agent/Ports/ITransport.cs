using GatewayAgent.Control;

namespace GatewayAgent.Ports;

/// <summary>
/// One MQTT session at a time. Called from the uplink thread only; answers arrive through <see cref="ITransportEvents"/> on
/// threads of the client. No method throws.
/// </summary>
public interface ITransport
{
    /// <summary>True from a successful <see cref="Connect"/> until the connection is lost or ended.</summary>
    bool IsConnected { get; }

    /// <summary>Connects, with a retained last will. Blocks until the broker has answered or the client's timeout.</summary>
    /// <returns>False when it was unreachable or refused; <see cref="LastError"/> says why.</returns>
    bool Connect(string willTopic, string willMessage);

    /// <summary>Publishes with QoS 1. The payload belongs to the client from then on.</summary>
    /// <returns>Packet identifier (1–65,535), or −1 when the client did not take it.</returns>
    int Publish(string topic, byte[] payload, bool retain);

    /// <summary>Asks for subscriptions with QoS 1, in one packet; the answer comes as <see cref="ITransportEvents.OnSubscribed"/>.</summary>
    /// <returns>False when it could not even be asked for.</returns>
    bool Subscribe(string[] topics);

    /// <summary>
    /// Ends the session without a farewell, so that the broker publishes the will: a node that is not connected is offline, whoever
    /// ended it.
    /// </summary>
    void Disconnect();

    /// <summary>The next <see cref="Connect"/> goes to the broker of these settings.</summary>
    void Use(AgentSettings settings);

    /// <summary>Why the last call failed, without secrets; empty when none did.</summary>
    string LastError { get; }

    /// <summary>Who hears of acknowledgements and messages. Set once, before the first <see cref="Connect"/>.</summary>
    ITransportEvents Events { get; set; }
}
