using GatewayAgent.Ports;

namespace GatewayAgent;

/// <summary>What a node is built from: its ports, and the number of this boot.</summary>
public sealed class NodeParts
{
    public IClock Clock;
    public IRadio Radio;
    public IHealth Health;
    public ITransport Transport;
    public ILatencyProbe Probe;

    /// <summary>What outlives a boot; null: nothing does.</summary>
    public IFlash Flash;

    /// <summary>BSSID of the node's own access point, 6 bytes; null = unknown.</summary>
    public byte[] OwnBssid;

    /// <summary>Differs from boot to boot of a node; never 0.</summary>
    public uint BootId;

    /// <summary>Seed of the node's random pauses. Differs from node to node.</summary>
    public int Seed;
}
