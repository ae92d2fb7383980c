using GatewayAgent.Control;
using GatewayAgent.Ports;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>How a node hears a capture.</summary>
public sealed record CaptureRunOptions
{
    /// <summary>Identity, broker and window of the node. The first window gets the length of the others.</summary>
    public required AgentSettings Settings { get; init; }

    /// <summary>Makes the MQTT client.</summary>
    public required Func<AgentSettings, ITransport> Transport { get; init; }

    /// <summary>Never 0.</summary>
    public required uint BootId { get; init; }

    /// <summary>Seed of the node's random pauses.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Null: as fast as the machine allows.</summary>
    public Pace? Pace { get; init; }

    public SimulationOptions Simulation { get; init; } = new();
}
