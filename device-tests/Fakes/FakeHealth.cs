using GatewayAgent.Ports;

namespace GatewayAgent.DeviceTests.Fakes;

public sealed class FakeHealth : IHealth
{
    public int ManagedFreeKib { get; set; } = 60;

    public int NativeFreeKib { get; set; } = 110;

    public int ResetCause { get; set; } = 1;
}
