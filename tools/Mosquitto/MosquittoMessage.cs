using System.Runtime.InteropServices;
using System.Text;

namespace GatewayAgent.Mosquitto;

/// <summary>Receives a message on the client's loop thread; while it runs nothing more is read from the broker.</summary>
public delegate void MosquittoMessageHandler(MosquittoMessage message);

/// <summary>A message as it lies in the library's memory, valid until the handler returns: copy what must outlive it.</summary>
public readonly unsafe ref struct MosquittoMessage
{
    private readonly NativeMethods.NativeMessage* _message;

    internal MosquittoMessage(NativeMethods.NativeMessage* message) => _message = message;

    /// <summary>Topic in UTF-8.</summary>
    public ReadOnlySpan<byte> TopicUtf8 => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(_message->Topic);

    /// <summary>Topic as a new string.</summary>
    public string Topic => Encoding.UTF8.GetString(TopicUtf8);

    public ReadOnlySpan<byte> Payload => new(_message->Payload, _message->PayloadLength);

    public int Qos => _message->Qos;

    /// <summary>True when the broker had kept the message from before the subscription.</summary>
    public bool Retain => _message->Retain != 0;

    /// <summary>Packet identifier, 0 with QoS 0.</summary>
    public int Id => _message->Id;
}
