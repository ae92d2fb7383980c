using GatewayAgent.Control;
using GatewayAgent.Indication;
using GatewayAgent.Ports;
using GatewayAgent.Survival;

namespace GatewayAgent;

/// <summary>What a node is built from: its ports, and the number of this boot.</summary>
public sealed class NodeParts
{
    public IClock Clock;
    public IRadio Radio;
    public IHealth Health;
    public ITransport Transport;
    public ILatencyProbe Probe;

    /// <summary>What there is to see of the node.</summary>
    public NodeStatus Status = new NodeStatus();

    /// <summary>What outlives a boot; null: nothing does.</summary>
    public IFlash Flash;

    /// <summary>Read configurations and commands; null: the node takes none.</summary>
    public IConfigReader Configs;
    public ICommandReader Commands;

    /// <summary>BSSID of the node's own access point, 6 bytes; null = unknown.</summary>
    public byte[] OwnBssid;

    /// <summary>Differs from boot to boot of a node; never 0.</summary>
    public uint BootId;

    /// <summary>Seed of the node's random pauses. Differs from node to node.</summary>
    public int Seed;

    /// <summary>What is known of earlier boots; null: nothing.</summary>
    public BootRecord Boot;

    /// <summary>The supervisor's ear and voice; null: nobody supervises.</summary>
    public Supervision Supervision;

    /// <summary>Uplink and commands only: the owner does not call <see cref="Node.SampleStep"/> and <see cref="Node.ProbeStep"/>.</summary>
    public bool SafeMode;
}
