namespace GatewayAgent.VirtualDevice.Native;

/// <summary>What surrounds a virtual radio: its uplink, the stations of its access point, and the channels it is taken to.</summary>
public interface IRadioScene
{
    /// <summary>What the radio can do, as the bits of <see cref="Ports.RadioCapabilities"/>.</summary>
    uint Capabilities { get; }

    /// <summary>The uplink now; null = the radio has none.</summary>
    LinkState? Link { get; }

    /// <summary>Stations of the node's own access point now; null = it has none.</summary>
    IReadOnlyList<StationState>? Stations { get; }

    /// <summary>Takes the radio to another channel, from now on for a while.</summary>
    /// <returns>0, or a negative <see cref="Ports.RadioStatus"/>.</returns>
    int BeginDwell(int channel, int milliseconds);
}

/// <summary>State of an uplink.</summary>
/// <param name="Rssi">dBm, −128 = unknown.</param>
/// <param name="Channel">Primary channel of the serving access point.</param>
/// <param name="Bssid">Six bytes.</param>
/// <param name="LastReason">IEEE 802.11 reason code of the last disconnection, 0 = none.</param>
/// <param name="Disconnects">Disconnections since boot.</param>
/// <param name="ConnectedMs">Time since the association, ms.</param>
public sealed record LinkState(bool IsConnected, sbyte Rssi, byte Channel, byte[] Bssid, byte LastReason, int Disconnects, long ConnectedMs);

/// <summary>One station of the node's own access point.</summary>
/// <param name="Mac">Six bytes.</param>
/// <param name="Rssi">dBm, −128 = unknown.</param>
public readonly record struct StationState(byte[] Mac, sbyte Rssi);
