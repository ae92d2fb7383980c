namespace GatewayAgent.Hardware;

/// <summary>A file of the bench, or what was asked for, cannot be used. The message says which, where in it, and why.</summary>
public sealed class HardwareException(string message) : Exception(message);
