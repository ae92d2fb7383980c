namespace GatewayAgent.Ports;

/// <summary>What an MQTT client tells, on its own threads: implementations only make a note and return.</summary>
public interface ITransportEvents
{
    /// <summary>The broker has acknowledged the packet, or the client has given up on it.</summary>
    void OnPublished(int packetId, bool acknowledged);

    /// <summary>The broker has answered the subscriptions.</summary>
    /// <param name="granted">Bit i: the i-th topic was granted.</param>
    void OnSubscribed(int granted);

    /// <summary>A message on a subscribed topic.</summary>
    void OnMessage(string topic, byte[] payload);
}
