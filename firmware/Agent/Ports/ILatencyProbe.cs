namespace GatewayAgent.Ports;

/// <summary>Measures the round trip to the default gateway. Called on its own thread: it may block.</summary>
public interface ILatencyProbe
{
    /// <summary>True when there is a gateway to ask.</summary>
    bool IsAvailable { get; }

    /// <returns>Milliseconds, or −1 when there was no answer.</returns>
    int Measure();
}
