namespace GatewayAgent.Provisioning;

/// <summary>What was asked for cannot be done, and nothing was changed; the message names what is wrong and what to do. Never quotes a secret.</summary>
public sealed class ProvisionException(string message) : Exception(message);
