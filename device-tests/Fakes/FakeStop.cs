using GatewayAgent.Survival;

namespace GatewayAgent.DeviceTests.Fakes;

public sealed class FakeStop : IPlannedStop
{
    public string Reason { get; private set; }

    public bool IsReady { get; set; }

    public void Request(string reason)
    {
        Reason = reason;
    }
}
