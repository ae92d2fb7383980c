namespace GatewayAgent;

/// <summary>Version of the agent, as the birth message states it.</summary>
public static class AgentVersion
{
    public const string Text = "0.1.0";
}
