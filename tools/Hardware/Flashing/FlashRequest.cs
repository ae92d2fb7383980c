using GatewayAgent.Hardware.Images;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>What is to be put onto which board.</summary>
public sealed record FlashRequest
{
    public required string Port { get; init; }

    /// <summary>Speed of transfers; null = nanoff's own. Another one is no other job.</summary>
    public int? Baud { get; init; }

    /// <summary>The agent.</summary>
    public required DeploymentImage Image { get; init; }

    /// <summary>Null = found out.</summary>
    public string? BoardId { get; init; }

    /// <summary>Null = found out, or the board's standard.</summary>
    public string? ModuleId { get; init; }

    /// <summary>An own nanoCLR.bin; null = the published one.</summary>
    public string? Runtime { get; init; }

    /// <summary>For <c>nanoff --networkdeployment</c>; null = none.</summary>
    public string? Network { get; init; }

    /// <summary>For <c>nanoff --filedeployment</c>; null = none.</summary>
    public string? Files { get; init; }

    /// <summary>Erase a board that runs nanoFramework already, too.</summary>
    public bool Erase { get; init; }

    /// <summary>Begin anew, whatever an earlier run left.</summary>
    public bool Restart { get; init; }

    /// <summary>Where backups and states are kept, a folder for each board.</summary>
    public required string Folder { get; init; }
}
