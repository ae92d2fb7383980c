using GatewayAgent.Control;
using GatewayAgent.Ports;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>How the nodes of a home are run.</summary>
public sealed record HomeRunOptions
{
    /// <summary>Settings of the node with this name; its <see cref="AgentSettings.Node"/> must be the name.</summary>
    public required Func<string, AgentSettings> Settings { get; init; }

    /// <summary>Makes a node's MQTT client.</summary>
    public required Func<AgentSettings, ITransport> Transport { get; init; }

    /// <summary>Boot id of the node with this name; never 0. Asked once a boot: nodes with a flash restart when they are told to.</summary>
    public required Func<string, uint> BootId { get; init; }

    /// <summary>Unix seconds of second 0 of the script; 0 = the nodes do not know the time.</summary>
    public long StartTime { get; init; }

    /// <summary>Null: as fast as the machine allows.</summary>
    public Pace? Pace { get; init; }

    /// <summary>Nodes with the stock image instead of the native assembly.</summary>
    public bool IsStock { get; init; }

    /// <summary>Folder of the flash of the node with this name, with a closing separator; null = nothing outlives a boot.</summary>
    public Func<string, string?> Flash { get; init; } = _ => null;

    /// <summary>Nodes with a light, a display and a button.</summary>
    public bool HasBoards { get; init; }

    public SimulationOptions Simulation { get; init; } = new();
}
