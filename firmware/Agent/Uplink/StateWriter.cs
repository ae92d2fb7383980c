using GatewayAgent.Reporting;

namespace GatewayAgent.Uplink;

/// <summary>Writes the birth message, <c>State</c> of agent.proto, and knows the will.</summary>
internal sealed class StateWriter
{
    /// <summary>Room for the birth: fixed fields and a version.</summary>
    private const int BirthBytes = 96;

    private const int Online = 1;

    private readonly ProtoWriter _proto = new ProtoWriter(BirthBytes);

    /// <summary>The will as text: field 1, STATUS_OFFLINE. All its bytes are ASCII, which is all a will can be here.</summary>
    public const string Will = "\u0008\u0002";

    public byte[] Birth(NodeParts parts, int windowSeconds, int resetCause, uint sequence, int attempts)
    {
        _proto.Reset();
        _proto.Number(1, Online);
        _proto.Fixed32(2, parts.BootId);
        uint bootTime = BootTime.Of(parts.Clock);
        if (bootTime != 0)
        {
            _proto.Fixed32(3, bootTime);
        }

        _proto.Text(4, AgentVersion.Text);
        _proto.Count(5, (uint)parts.Radio.Source);
        _proto.Count(6, (uint)parts.Radio.Abi);
        _proto.Count(7, parts.Radio.Capabilities);
        _proto.Number(8, (uint)windowSeconds);
        _proto.Count(9, (uint)resetCause);
        _proto.Count(10, sequence);
        _proto.Count(11, (uint)attempts);

        byte[] birth = new byte[_proto.Length];
        System.Array.Copy(_proto.Buffer, 0, birth, 0, birth.Length);
        return birth;
    }
}
