using System.Collections;
using GatewayAgent.Survival;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>Threads on the test's clock.</summary>
public sealed class FakeThreads : IThreads
{
    /// <summary>All ever started, oldest first.</summary>
    public ArrayList Started { get; } = new ArrayList();

    public FakeThread Newest => (FakeThread)Started[Started.Count - 1];

    public IWorkerThread Start(Worker worker, int generation)
    {
        FakeThread thread = new FakeThread(worker, generation);
        Started.Add(thread);
        return thread;
    }

    public void RunDue(long now)
    {
        for (int i = 0; i < Started.Count; i++)
        {
            ((FakeThread)Started[i]).RunIfDue(now);
        }
    }
}
