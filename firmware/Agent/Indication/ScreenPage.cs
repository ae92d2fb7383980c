namespace GatewayAgent.Indication;

/// <summary>The words of each state. Made anew for each page: a table of them would live on the heap for ever.</summary>
public static class ScreenPage
{
    public static string Title(int state)
    {
        switch (state)
        {
            case NodeState.Booting: return "Starting";
            case NodeState.NoLink: return "No Wi-Fi";
            case NodeState.Connecting: return "Connecting";
            case NodeState.Online: return "Online";
            case NodeState.Backlog: return "Reports pile up";
            case NodeState.RolledBack: return "Settings taken back";
            case NodeState.SafeMode: return "Safe mode";
            case NodeState.NotProvisioned: return "Not provisioned";
            case NodeState.Locate: return "Here I am";
            case NodeState.Reporting: return "Report asked for";
            default: return "Where to place me";
        }
    }

    public static string Words(int state)
    {
        switch (state)
        {
            case NodeState.NoLink: return "Is the gateway on?";
            case NodeState.Connecting: return "Wi-Fi fine, no broker";
            case NodeState.Backlog: return "Backend out of reach?";
            case NodeState.RolledBack: return "The new cut me off";
            case NodeState.SafeMode: return "It crashed repeatedly";
            case NodeState.NotProvisioned: return "Check agent.json";
            case NodeState.PlacementBlind: return "No reading yet";
            case NodeState.PlacementWeak: return "Move closer";
            case NodeState.PlacementFair: return "A little closer";
            case NodeState.PlacementGood: return "Good";
            case NodeState.PlacementClose: return "Excellent: too close?";
            default: return string.Empty;
        }
    }

    /// <summary>As much of a text as a line holds.</summary>
    public static string Line(string text) => text.Length <= Limits.ScreenColumns ? text : text.Substring(0, Limits.ScreenColumns);
}
