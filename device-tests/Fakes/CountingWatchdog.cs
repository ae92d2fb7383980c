using GatewayAgent.Survival;

namespace GatewayAgent.DeviceTests.Fakes;

public sealed class CountingWatchdog : IWatchdog
{
    public int Feeds { get; private set; }

    public void Feed()
    {
        Feeds++;
    }
}
