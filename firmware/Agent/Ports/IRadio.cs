using GatewayAgent.Sampling;

namespace GatewayAgent.Ports;

/// <summary>
/// What the radio can tell. Called from the sampling thread; but for <see cref="Refresh"/> no call may allocate or block
/// for longer than a few milliseconds. Counts are ≥ 0; negative results are the native codes of <see cref="RadioStatus"/>.
/// </summary>
public interface IRadio
{
    /// <summary>Where its values come from; also the report's <c>source</c>.</summary>
    RadioSource Source { get; }

    /// <summary>ABI of the native assembly; 0 on stock images.</summary>
    int Abi { get; }

    /// <summary>What it can do, as the bits of <see cref="RadioCapabilities"/>.</summary>
    uint Capabilities { get; }

    /// <summary>Channels that may be visited: 2.4 GHz, bit n = channel n.</summary>
    uint Channels2g { get; }

    /// <summary>Channels that may be visited: 5 GHz, bit k = k-th channel (see <see cref="ChannelMap"/>).</summary>
    uint Channels5g { get; }

    /// <summary>
    /// Fills <paramref name="reading"/> with the state of the uplink. False: nothing that was not read before, so no sample.
    /// </summary>
    bool ReadLink(LinkReading reading);

    /// <summary>
    /// Writes a record of 8 bytes for each station of the own access point: mac[6], i8 RSSI (−128 unknown), u8 PHY.
    /// </summary>
    /// <returns>Stations, or a negative <see cref="RadioStatus"/>: no sample.</returns>
    int ReadStations(byte[] records);

    /// <summary>Seconds since the RSSI values of <see cref="ReadStations"/> were taken; 0 = fresh.</summary>
    int StationAgeSeconds { get; }

    /// <summary>Starts a visit of a foreign channel; returns at once.</summary>
    /// <returns>0, or a negative <see cref="RadioStatus"/>.</returns>
    int BeginDwell(int channel, int milliseconds);

    /// <summary>Writes the channel records (48 bytes each, see <see cref="ChannelRecord"/>) and clears the accumulators.</summary>
    /// <returns>Channels, or a negative <see cref="RadioStatus"/>.</returns>
    int TakeChannels(byte[] records);

    /// <summary>Adds up what was discarded since the last call.</summary>
    void TakeDiscards(RadioDiscards discards);

    /// <summary>Does what takes long or allocates, when it is due. Called from the probe thread, which may wait for it.</summary>
    /// <param name="now">Uptime, ms.</param>
    /// <param name="wish">Of use to radios that scan for what they know.</param>
    /// <returns>True while it is off its channel for seconds: a round trip measured meanwhile would tell of that, not of the network.</returns>
    bool Refresh(long now, ScanWish wish);
}
