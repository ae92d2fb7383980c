using GatewayAgent.Provisioning.Nodes;

namespace GatewayAgent.Provisioning.Batches;

/// <summary>What holds for rows that do not say otherwise.</summary>
public sealed record NodeDefaults
{
    /// <summary>Null: each row must name one.</summary>
    public string? Ssid { get; init; }

    /// <summary>Null: each row must have one, or <see cref="AllowsOpenWifi"/>.</summary>
    public string? WifiPassword { get; init; }

    /// <summary>A network without a password is meant, and not forgotten.</summary>
    public bool AllowsOpenWifi { get; init; }

    public string Role { get; init; } = NodePlan.MeshNode;

    public int WindowSeconds { get; init; } = Limits.WindowDefaultSeconds;

    public SettingsTemplate? Settings { get; init; }
}
