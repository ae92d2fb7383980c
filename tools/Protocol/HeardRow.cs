namespace GatewayAgent.Protocol;

/// <summary>What was heard on one channel in one window: a row of <see cref="Survey.Heard"/>.</summary>
/// <param name="Channel">The channel the frames state themselves, or the tuned one for frames that state none.</param>
/// <param name="DwellCs">Time the radio listened on this channel, 1/100 s; 0 = only heard from a neighbouring channel.</param>
/// <param name="ApCount">Distinct BSSIDs.</param>
/// <param name="RssiMax">Strongest beacon or probe response as −dBm; 0 = not measured. See <see cref="RssiMaxDbm"/>.</param>
/// <param name="Beacons">Beacon frames.</param>
/// <param name="OtherFrames">All other frames.</param>
/// <param name="AirtimeMs">Estimate of the air time of the frames heard, ms: a lower bound.</param>
/// <param name="Load">What BSS Load elements said; null when none was read: unknown, not idle.</param>
public readonly record struct HeardRow(
    uint Channel,
    uint DwellCs,
    uint ApCount,
    uint RssiMax,
    uint Beacons,
    uint OtherFrames,
    uint AirtimeMs,
    BssLoad? Load)
{
    /// <summary>Strongest beacon or probe response, dBm; null when not measured.</summary>
    public int? RssiMaxDbm => RssiMax == 0 ? null : -(int)RssiMax;
}

/// <summary>BSS Load elements (IEEE 802.11 element 11) of one channel. Utilisation is 0–255 = 0–100 %.</summary>
/// <param name="Count">Elements read, at least 1.</param>
/// <param name="Sum">Sum of their channel utilisation.</param>
/// <param name="Min">Least utilisation.</param>
/// <param name="Max">Largest utilisation.</param>
/// <param name="StationsMax">Largest station count of one element.</param>
public readonly record struct BssLoad(uint Count, uint Sum, uint Min, uint Max, uint StationsMax)
{
    /// <summary>Mean utilisation, 0–255.</summary>
    public double Mean => (double)Sum / Count;
}
