using GatewayAgent.Ports;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>A clock that the test sets.</summary>
public sealed class FakeClock : IClock
{
    public long UptimeMs { get; set; }

    public uint UnixSeconds { get; set; }
}
