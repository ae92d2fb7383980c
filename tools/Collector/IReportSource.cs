namespace GatewayAgent.Collector;

/// <summary>Takes one message. The payload is the deliverer's: what is to be kept is copied.</summary>
public delegate void MessageReceiver(string topic, ReadOnlySpan<byte> payload);

/// <summary>Where messages of nodes come from and acknowledgements go.</summary>
public interface IReportSource : IDisposable
{
    /// <summary>
    /// Begins to deliver, for as long as it lives and through lost connections, one message at a time. The receiver blocks while the
    /// collector has no room, and so must whatever delivers.
    /// </summary>
    /// <exception cref="Exception">The source can never deliver, for a reason that waiting does not mend.</exception>
    void Start(MessageReceiver receive);

    /// <summary>
    /// Sends towards a node, from any thread, without waiting. False when it cannot be sent now: the node sends its reports again, and is
    /// answered then.
    /// </summary>
    bool Publish(string topic, byte[] payload);

    /// <summary>Messages can come now.</summary>
    bool IsConnected => true;

    /// <summary>Since when messages come without a gap; null = they cannot come now.</summary>
    DateTimeOffset? ConnectedSince => DateTimeOffset.MinValue;

    /// <summary>Connections lost or not made.</summary>
    long Disconnects => 0;
}
