using GatewayAgent.Ports;

namespace GatewayAgent.DeviceTests.Fakes;

public sealed class FakeProbe : ILatencyProbe
{
    public bool IsAvailable { get; set; } = true;

    public int Milliseconds { get; set; } = 3;

    public int Measured { get; private set; }

    public int Measure()
    {
        Measured++;
        return Milliseconds;
    }
}
