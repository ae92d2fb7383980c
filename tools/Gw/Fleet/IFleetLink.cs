using GatewayAgent.VirtualDevice.Fleet;

namespace GatewayAgent.Gw.Fleet;

/// <summary>The way of a fleet's messages to whoever collects them.</summary>
internal interface IFleetLink : IDisposable
{
    /// <summary>Sends; waits while there is no room.</summary>
    void Send(FleetMessage message);

    /// <summary>Everything sent has been taken: by the broker, or by the collector itself.</summary>
    bool IsDrained { get; }

    /// <exception cref="Exception">The line is down for good.</exception>
    void ThrowIfBroken();
}
