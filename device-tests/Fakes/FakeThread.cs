using GatewayAgent.Survival;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>A thread in the test's hand: it runs, hangs or is dead as the test says.</summary>
public sealed class FakeThread : IWorkerThread
{
    private readonly Worker _worker;
    private readonly int _generation;
    private long _dueAt;

    public FakeThread(Worker worker, int generation)
    {
        _worker = worker;
        _generation = generation;
    }

    public bool IsAlive { get; private set; } = true;

    /// <summary>It does nothing, as if another thread had the processor.</summary>
    public bool Hangs { get; set; }

    /// <summary>An abort ends it, as on nanoCLR; false: as on the desktop, or in a native call.</summary>
    public bool Obeys { get; set; } = true;

    public int Aborts { get; private set; }

    public void Abort()
    {
        Aborts++;
        if (Obeys)
        {
            IsAlive = false;
        }
    }

    public void Kill()
    {
        IsAlive = false;
    }

    public void RunIfDue(long now)
    {
        if (!IsAlive || Hangs || now < _dueAt)
        {
            return;
        }

        int pause = _worker.Run(_generation);
        if (pause == Worker.Superseded)
        {
            IsAlive = false;
        }

        _dueAt = now + pause;
    }
}
