namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>A file that cannot be heard as a capture of 802.11 frames; the message says why.</summary>
public sealed class CaptureException(string message) : Exception(message);
