using GatewayAgent.Indication;

namespace GatewayAgent.Gw.Demo;

/// <summary>What a node's light says, in words.</summary>
internal static class StateWords
{
    public static string Of(int state) => state switch
    {
        NodeState.NoLink => "no Wi-Fi",
        NodeState.Connecting => "connecting",
        NodeState.Online => "online",
        NodeState.Backlog => "backlog",
        NodeState.RolledBack => "rolled back",
        NodeState.SafeMode => "safe mode",
        NodeState.NotProvisioned => "no settings",
        NodeState.Locate => "locate",
        NodeState.Reporting => "report now",
        NodeState.PlacementBlind => "no reading yet",
        NodeState.PlacementWeak => "weak",
        NodeState.PlacementFair => "fair",
        NodeState.PlacementGood => "good",
        NodeState.PlacementClose => "too close",
        _ => "starting",
    };
}
