namespace GatewayAgent.Ports;

/// <summary>The two times a node has. Neither call allocates.</summary>
public interface IClock
{
    /// <summary>Milliseconds since boot; never goes back.</summary>
    long UptimeMs { get; }

    /// <summary>Unix seconds, or 0 while the wall-clock time is not known.</summary>
    uint UnixSeconds { get; }
}
