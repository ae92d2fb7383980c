namespace GatewayAgent.Uplink;

/// <summary>
/// Something that has packets for the broker. The uplink asks its sources in order of importance and has one packet under way at a time; the
/// source keeps what it gave until it hears the end. Called from the uplink thread only.
/// </summary>
public interface IPacketSource
{
    /// <summary>Topic of the packet that <see cref="Next"/> gave.</summary>
    string Topic { get; }

    bool IsRetained { get; }

    /// <summary>Copies the next packet.</summary>
    /// <param name="now">Uptime, ms.</param>
    /// <param name="buffer">Of <see cref="Limits.PacketBytes"/>.</param>
    /// <returns>Its length, 0 when there is none now.</returns>
    int Next(long now, byte[] buffer);

    /// <summary>The broker has acknowledged it.</summary>
    void Acknowledged(long now);

    /// <summary>It was not acknowledged: it is to be given again.</summary>
    void Failed();
}
