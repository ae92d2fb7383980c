namespace GatewayAgent.Ports;

/// <summary>Negative results of <see cref="IFlash.Read"/>.</summary>
public static class FlashStatus
{
    public const int Missing = -1;

    /// <summary>It did not answer: nobody knows whether there is such a file.</summary>
    public const int Failed = -2;
}
