using GatewayAgent.Reporting;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>What a node made of a capture.</summary>
/// <param name="Counts">What became of the packets.</param>
/// <param name="Beacons">Beacons counted in reports.</param>
/// <param name="Reports">Reports produced; the newest has this sequence.</param>
/// <param name="Unacknowledged">Reports still in the outbox: nobody has confirmed them.</param>
/// <param name="Losses">What the node had no room for.</param>
/// <param name="Seconds">Virtual seconds heard.</param>
/// <param name="Warning">Why the capture ended early or what was left out; null when all was heard.</param>
/// <param name="LastError">Why the MQTT client's last call failed; empty when it did not.</param>
public sealed record CaptureRunResult(
    CaptureCounts Counts, long Beacons, uint Reports, int Unacknowledged, Losses Losses, long Seconds, string? Warning, string LastError);
