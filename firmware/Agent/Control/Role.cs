namespace GatewayAgent.Control;

/// <summary>What a node is in its home. The numbers are those of <c>Role</c> in agent.proto.</summary>
public enum Role
{
    /// <summary>Has a backhaul, and serves clients with an access point of its own.</summary>
    MeshNode = 0,

    /// <summary>Listens beside the gateway: always on its channel, with the gateway's own word on load and clients.</summary>
    Companion = 1,
}
