namespace GatewayAgent.VirtualDevice.Running;

/// <summary>What a node's radio hears: frames and time listened, given to its radio core as virtual time goes on.</summary>
public interface IAir
{
    /// <summary>Uptime, whole seconds in ms, at which there is nothing more to hear; <see cref="long.MaxValue"/> while that is not known.</summary>
    long EndMs { get; }

    /// <summary>Uptime before which nothing is heard because nobody listens; 0 = it listens.</summary>
    long PausedUntilMs => 0;

    /// <summary>Offers everything up to, but without, this uptime that was not offered yet.</summary>
    void AdvanceTo(long uptimeMs);
}
