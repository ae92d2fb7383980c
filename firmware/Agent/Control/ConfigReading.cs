namespace GatewayAgent.Control;

/// <summary>What a configuration says, or why it cannot be used.</summary>
public sealed class ConfigReading
{
    /// <summary>From 1; 0 when it could not be read.</summary>
    public int Version;

    /// <summary>Complete and valid; null when the configuration is refused.</summary>
    public AgentSettings Settings;

    /// <summary>Field and what is wrong with it; null when nothing is. Holds no secret.</summary>
    public string Reason;
}
