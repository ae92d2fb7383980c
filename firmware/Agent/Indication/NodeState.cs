namespace GatewayAgent.Indication;

/// <summary>What a node shows; one at a time. The numbers are the rows of <see cref="LightPattern"/>.</summary>
public static class NodeState
{
    /// <summary>Started; nothing is known of the link yet.</summary>
    public const int Booting = 0;

    /// <summary>Not associated with an access point.</summary>
    public const int NoLink = 1;

    /// <summary>Associated, but not connected to the broker.</summary>
    public const int Connecting = 2;

    public const int Online = 3;

    /// <summary>Reports pile up in the node.</summary>
    public const int Backlog = 4;

    /// <summary>A new configuration was taken back.</summary>
    public const int RolledBack = 5;

    /// <summary>It crashed again and again, and does the least.</summary>
    public const int SafeMode = 6;

    /// <summary>It lacks settings, and does nothing.</summary>
    public const int NotProvisioned = 7;

    /// <summary>Somebody asked which one it is.</summary>
    public const int Locate = 8;

    /// <summary>Somebody at the button asked for a report.</summary>
    public const int Reporting = 9;

    /// <summary>Placement mode, by the quality of the backhaul.</summary>
    public const int PlacementBlind = 10, PlacementWeak = 11, PlacementFair = 12, PlacementGood = 13, PlacementClose = 14;
}
