namespace GatewayAgent.Control;

/// <summary>What became of a configuration.</summary>
public enum ConfigStatus
{
    /// <summary>In use, and confirmed: version 0 is what was provisioned.</summary>
    Applied = 0,

    /// <summary>In use until its time is over, or until it is confirmed.</summary>
    Trial = 1,

    /// <summary>Never in use.</summary>
    Refused = 2,

    /// <summary>Was in use, and was not confirmed.</summary>
    RolledBack = 3,
}
