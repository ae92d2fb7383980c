using GatewayAgent.Survival;

namespace GatewayAgent.Tests.Firmware;

/// <summary>
/// A thread of a worker on a virtual clock: a real one, of which only one at a time runs, from one pause to the next. It can hang and be ended
/// inside a call of a port, as on nanoCLR: an abort throws there, runs the <c>finally</c> blocks, and does not stop at a catch.
/// </summary>
internal sealed class VirtualThread : IWorkerThread
{
    [ThreadStatic]
    private static VirtualThread? _current;

    private readonly SemaphoreSlim _go = new(0), _back = new(0);
    private readonly Func<long> _now;
    private bool _isAborted, _isKilled;

    public VirtualThread(Worker worker, int generation, Func<long> now)
    {
        Worker = worker;
        _now = now;
        new Thread(() => Run(generation)) { IsBackground = true }.Start();
    }

    /// <summary>The thread that runs now; null: the test's own.</summary>
    public static VirtualThread? Current => _current;

    public Worker Worker { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Uptime at which it wants to go on.</summary>
    public long DueAt { get; private set; }

    /// <summary>An abort ends it; false: as in a native call that does not come back.</summary>
    public bool Obeys { get; set; } = true;

    public void Abort()
    {
        if (Obeys)
        {
            _isAborted = true;
            DueAt = _now();
        }
    }

    /// <summary>Lets it run to its next pause.</summary>
    public void Resume()
    {
        _go.Release();
        _back.Wait();
    }

    /// <summary>Ends the thread here, in the middle of what it does.</summary>
    public void Die()
    {
        _isKilled = true;
        throw new InvalidOperationException("killed");
    }

    /// <summary>Does not come back for a while.</summary>
    public void Hang(int milliseconds)
    {
        Pause(milliseconds);
        if (_isAborted)
        {
            Die();
        }
    }

    private void Run(int generation)
    {
        _current = this;
        _go.Wait();
        for (int pause = Worker.Run(generation); pause != Worker.Superseded && !_isKilled && !_isAborted; pause = Worker.Run(generation))
        {
            Pause(pause);
            if (_isAborted)
            {
                break;
            }
        }

        IsAlive = false;
        _back.Release();
    }

    private void Pause(int milliseconds)
    {
        DueAt = _now() + milliseconds;
        _back.Release();
        _go.Wait();
    }
}
