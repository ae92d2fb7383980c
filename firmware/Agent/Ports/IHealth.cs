namespace GatewayAgent.Ports;

/// <summary>The node's own state. −1 = unknown.</summary>
public interface IHealth
{
    /// <summary>Free managed heap, KiB. May force a collection.</summary>
    int ManagedFreeKib { get; }

    /// <summary>Free native heap (internal RAM), KiB.</summary>
    int NativeFreeKib { get; }

    /// <summary>Why the node started: <c>ResetCause</c> of agent.proto, 0 = unknown.</summary>
    int ResetCause { get; }
}
