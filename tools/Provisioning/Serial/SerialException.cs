namespace GatewayAgent.Provisioning.Serial;

/// <summary>A serial port cannot be opened, or went away; the message names it and says what to do.</summary>
public sealed class SerialException(string message) : Exception(message);
