using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Survey;

/// <summary>A channel as one node heard it.</summary>
/// <param name="DwellSeconds">Time listened; null = the reports do not say.</param>
/// <param name="Heard">What was heard; null on a channel that is not <see cref="ChannelState.Heard"/>.</param>
/// <param name="AgeSeconds">From the end of the window it was heard in to that of the newest; null when it never was listened to.</param>
internal sealed record ChannelView(int Channel, ChannelState State, double? DwellSeconds, HeardRow? Heard, long? AgeSeconds, bool IsOwn)
{
    private const double Full = 255;

    /// <summary>What access points state of the channel (BSS Load), mean, percent; null = none states it.</summary>
    public double? StatedPercent => Heard?.Load is { } load ? load.Mean * 100 / Full : null;

    /// <summary>
    /// Estimated air time of the frames heard, percent of the time listened: a lower bound, never called utilisation. Null when the channel
    /// was only heard from a neighbouring one.
    /// </summary>
    public double? AirtimePercent => Heard is { DwellCs: > 0 } row ? Math.Min(100, row.AirtimeMs * 10.0 / row.DwellCs) : null;
}
