using GatewayAgent.Survival;

namespace GatewayAgent.App;

/// <summary>The runtime's threads.</summary>
public sealed class DeviceThreads : IThreads
{
    public IWorkerThread Start(Worker worker, int generation) => new DeviceThread(worker, generation);
}
