using System.Buffers;
using System.Text;

namespace GatewayAgent.Mosquitto;

/// <summary>
/// One MQTT 3.1.1 or 5.0 connection over libmosquitto, from <see cref="Connect"/> to its end. It never reconnects: the owner disposes
/// it and makes another. All events come from the client's own loop thread, one at a time; a handler that throws ends the
/// connection with its exception in <see cref="MosquittoEnd.Fault"/>. Publish, subscribe and disconnect from any thread.
/// </summary>
/// <remarks>
/// The library acknowledges a QoS 1 message to the broker before <see cref="MessageReceived"/> is raised: a message that is lost
/// inside a handler is not sent again.
/// </remarks>
public sealed unsafe class MosquittoClient : IDisposable
{
    private const int TopicOnStack = 256;

    private readonly MosquittoOptions _options;
    private readonly MosquittoHandle _handle;
    private readonly MosquittoLoop _loop;

    /// <exception cref="MosquittoException">libmosquitto is missing, or refuses an option.</exception>
    public MosquittoClient(MosquittoOptions options)
    {
        MosquittoLibrary.Require();
        _options = options;
        _handle = NativeClient.Create(options);
        _loop = new MosquittoLoop(this, _handle);
        if (options.Tls != null)
        {
            NativeCallbacks.HearLog(_handle);
        }
    }

    /// <summary>CONNACK arrived: its return code (0 = accepted) and whether the broker had kept a session.</summary>
    public event Action<int, bool>? Connected;

    /// <summary>The connection is over; the last event, raised once if <see cref="Connect"/> reached the broker.</summary>
    public event Action<MosquittoEnd>? Disconnected;

    /// <summary>
    /// A message was acknowledged (QoS 1, 2) or written (QoS 0): the identifier <see cref="Publish"/> returned. Can come before
    /// Publish has returned. What was not acknowledged when the connection ends gets no event.
    /// </summary>
    public event Action<int>? Published;

    /// <summary>
    /// After <see cref="Published"/>: identifier and the broker's reason, 0 = taken. Only MQTT 5.0 tells a refusal, from 128 on: 135 = not authorised.
    /// </summary>
    public event Action<int, int>? PublishAnswered;

    /// <summary>SUBACK: identifier and granted QoS; from 128 on it is refused (MQTT 3.1.1: 128; MQTT 5.0: with the reason).</summary>
    public event Action<int, int>? Subscribed;

    /// <summary>UNSUBACK: identifier.</summary>
    public event Action<int>? Unsubscribed;

    public event MosquittoMessageHandler? MessageReceived;

    /// <summary>True from the accepted CONNACK to the end of the connection.</summary>
    public bool IsConnected => _loop.IsConnected;

    private string Broker => $"{_options.Host}:{_options.Port}";

    /// <summary>
    /// Connects and waits for CONNACK. Once per client. Handlers are attached before. The TCP connection itself takes as long as
    /// the system lets it: minutes towards an address that does not answer.
    /// </summary>
    /// <param name="timeout">How long to wait for CONNACK.</param>
    /// <exception cref="MosquittoRefusedException">The broker refused.</exception>
    /// <exception cref="MosquittoUnreachableException">Nobody listens there, or the TLS handshake failed.</exception>
    /// <exception cref="MosquittoException">No CONNACK in time, or the connection ended before it.</exception>
    public void Connect(TimeSpan timeout)
    {
        _loop.Claim();
        int code = NativeClient.Connect(_handle, _options);
        if (code != 0)
        {
            throw new MosquittoUnreachableException(Broker, code, _loop.Tls.Reason);
        }

        _loop.Start($"mqtt {_options.ClientId ?? Broker}");
        if (!_loop.WaitForConnack(timeout))
        {
            _loop.Stop();
            throw new MosquittoException($"{Broker} sent no CONNACK within {timeout.TotalSeconds:0.###} s");
        }

        ThrowUnlessAccepted();
    }

    /// <summary>Hands a message over. The payload is copied; the message leaves on the loop thread at once.</summary>
    /// <returns>Its packet identifier.</returns>
    /// <exception cref="MosquittoException">Not connected, or the topic or size is not allowed.</exception>
    public int Publish(string topic, ReadOnlySpan<byte> payload, int qos = 1, bool retain = false)
    {
        ThrowUnlessConnected();
        int room = Encoding.UTF8.GetMaxByteCount(topic.Length) + 1;
        byte[]? rented = room > TopicOnStack ? ArrayPool<byte>.Shared.Rent(room) : null;
        Span<byte> utf8 = rented ?? stackalloc byte[TopicOnStack];
        utf8[Encoding.UTF8.GetBytes(topic, utf8)] = 0;
        int id;
        int code;
        fixed (byte* topicBytes = utf8)
        fixed (byte* payloadBytes = payload)
        {
            code = NativeMethods.Publish(_handle, &id, topicBytes, payload.Length, payloadBytes, qos, retain ? (byte)1 : (byte)0);
        }

        if (rented != null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        MosquittoException.ThrowIfError(code, $"cannot publish to \"{topic}\"");
        _loop.Wake();
        return id;
    }

    /// <summary>Subscribes; <see cref="Subscribed"/> tells the outcome.</summary>
    /// <returns>The packet identifier.</returns>
    public int Subscribe(string filter, int qos = 1)
    {
        ThrowUnlessConnected();
        int id;
        MosquittoException.ThrowIfError(NativeMethods.Subscribe(_handle, &id, filter, qos), $"cannot subscribe to \"{filter}\"");
        _loop.Wake();
        return id;
    }

    /// <inheritdoc cref="Subscribe"/>
    public int Unsubscribe(string filter)
    {
        ThrowUnlessConnected();
        int id;
        MosquittoException.ThrowIfError(NativeMethods.Unsubscribe(_handle, &id, filter), $"cannot unsubscribe \"{filter}\"");
        _loop.Wake();
        return id;
    }

    /// <summary>Sends what is queued and DISCONNECT, so no will is published, and waits for the end of the connection.</summary>
    /// <param name="timeout">After it the connection is cut.</param>
    public void Disconnect(TimeSpan timeout)
    {
        if (IsConnected)
        {
            _loop.RequestEnd();
            NativeMethods.Disconnect(_handle);
            _loop.Wake();
            _loop.WaitForEnd(timeout);
        }
    }

    /// <summary>Cuts the connection without a DISCONNECT (the broker publishes the will) and frees everything.</summary>
    public void Dispose() => _loop.Dispose();

    internal void OnConnack(int code, bool sessionPresent) => Connected?.Invoke(code, sessionPresent);

    internal void OnPublished(int id) => Published?.Invoke(id);

    internal void OnPublishAnswered(int id, int reason) => PublishAnswered?.Invoke(id, reason);

    internal void OnMessage(NativeMethods.NativeMessage* message) => MessageReceived?.Invoke(new MosquittoMessage(message));

    internal void OnSubscribed(int id, int grantedQos) => Subscribed?.Invoke(id, grantedQos);

    internal void OnUnsubscribed(int id) => Unsubscribed?.Invoke(id);

    internal void OnEnd(MosquittoEnd end) => Disconnected?.Invoke(end);

    private void ThrowUnlessConnected()
    {
        if (!IsConnected)
        {
            throw new MosquittoException($"not connected to {Broker}", NativeMethods.ErrNoConn);
        }
    }

    private void ThrowUnlessAccepted()
    {
        if (_loop.ConnackCode > 0)
        {
            throw new MosquittoRefusedException(Broker, _loop.ConnackCode);
        }

        if (_loop.End is { Requested: false } end && _loop.ConnackCode != 0)
        {
            // A handshake can fail within the connecting call or later: one exception for both.
            throw end.Code == NativeMethods.ErrTls || _loop.Tls.Reason != null
                ? new MosquittoUnreachableException(Broker, end.Code, _loop.Tls.Reason)
                : new MosquittoException($"{Broker} ended the connection before CONNACK: {end.Reason}", end.Code, end.Fault);
        }
    }
}
