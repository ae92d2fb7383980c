using GatewayAgent.Reporting;

namespace GatewayAgent.Uplink;

/// <summary>Reads an <c>Ack</c> of agent.proto. Anything that is not one is refused; nothing throws.</summary>
public sealed class AckReader
{
    private const int BootIdField = 1, SequenceField = 2;

    private readonly ProtoReader _proto = new ProtoReader();

    public uint BootId { get; private set; }

    public uint Sequence { get; private set; }

    /// <returns>False when the message is malformed or lacks a field; the properties are then of no use.</returns>
    public bool Read(byte[] message)
    {
        BootId = 0;
        Sequence = 0;
        _proto.Open(message, 0, message.Length);
        while (_proto.Next())
        {
            if (_proto.Field == BootIdField && _proto.IsFixed32)
            {
                BootId = _proto.Value;
            }
            else if (_proto.Field == SequenceField && _proto.IsNumber)
            {
                Sequence = _proto.Value;
            }
        }

        return !_proto.IsBroken && BootId != 0 && Sequence != 0;
    }
}
