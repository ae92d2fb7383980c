namespace GatewayAgent.Provisioning.Improv;

/// <summary>The device refused, or did not answer; the message says so in words.</summary>
public sealed class ImprovException(string message, ImprovError error = ImprovError.None) : Exception(message)
{
    /// <summary>What the device said; <see cref="ImprovError.None"/> when it said nothing.</summary>
    public ImprovError Error { get; } = error;
}
