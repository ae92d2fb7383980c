namespace GatewayAgent.Survival;

/// <summary>Brings what a node holds in RAM to safety before a planned restart.</summary>
public interface IPlannedStop
{
    /// <summary>Asks for it; returns at once. Called from the supervisor's thread, once.</summary>
    void Request(string reason);

    /// <summary>True when nothing would be lost now.</summary>
    bool IsReady { get; }
}
