namespace GatewayAgent.Portal;

/// <summary>The portal cannot be started as it was asked to: one line for the person who did, and what to do.</summary>
public sealed class PortalException(string message, Exception? inner = null) : Exception(message, inner);
