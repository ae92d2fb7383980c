using System;
using GatewayAgent.Ports;

namespace GatewayAgent.Survival;

/// <summary>
/// One step of the node, called for ever on a thread of its own. An exception ends the step, not the thread. A thread that hangs is superseded:
/// each thread belongs to a generation, only the newest may enter a step, and while an older one is still inside, no newer one is made. So
/// a step never runs twice at once.
/// </summary>
public sealed class Worker
{
    /// <summary>Answer of <see cref="Run"/>: this thread has been superseded and must end.</summary>
    public const int Superseded = -1;

    // After a failed step, so that a fault that stays does not take the processor.
    private const int PauseAfterFaultMs = 1000;

    private readonly object _gate = new object();
    private readonly Step _step;
    private readonly IClock _clock;
    private readonly int _stallMs;
    private int _generation;
    private bool _inStep;
    private long _lastBeat;
    private uint _progress;
    private string _fault;

    /// <param name="name">For the log and the last words.</param>
    /// <param name="step">What to do.</param>
    /// <param name="clock">Uptime.</param>
    /// <param name="stallMs">Longest time between the ends of two steps that is still in order.</param>
    /// <param name="isVital">A device on which this makes no progress is restarted.</param>
    public Worker(string name, Step step, IClock clock, int stallMs, bool isVital)
    {
        Name = name;
        IsVital = isVital;
        _step = step;
        _clock = clock;
        _stallMs = stallMs;
    }

    public string Name { get; }

    public bool IsVital { get; }

    /// <summary>Notes why a step, or the thread around it, failed; logs it when it is another than before.</summary>
    public void NoteFault(Exception e)
    {
        string fault = e.GetType().Name + ": " + e.Message;
        if (fault != _fault)
        {
            Console.WriteLine(Name + ": " + fault);
        }

        _fault = fault;
    }

    /// <summary>Does one step, on a thread of the worker.</summary>
    /// <returns>Milliseconds until the next one, or <see cref="Superseded"/>.</returns>
    public int Run(int generation)
    {
        if (!Enter(generation))
        {
            return Superseded;
        }

        bool done = false;
        try
        {
            int pause = _step(_clock.UptimeMs);
            done = true;
            return pause;
        }
        catch (Exception e)
        {
            NoteFault(e);
            return PauseAfterFaultMs;
        }
        finally
        {
            Leave(generation, done);
        }
    }

    /// <returns>The newest fault since the last call.</returns>
    internal string TakeFault()
    {
        string fault = _fault ?? "no word of it";
        _fault = null;
        return fault;
    }

    /// <summary>True when the last step ended longer ago than is in order.</summary>
    internal bool IsStalled(long now)
    {
        lock (_gate)
        {
            return now - _lastBeat >= _stallMs;
        }
    }

    /// <summary>Steps that returned, since the last <see cref="ForgetProgress"/>. A step that only ever fails is none.</summary>
    internal bool HasProgressed
    {
        get
        {
            lock (_gate)
            {
                return _progress != 0;
            }
        }
    }

    internal void ForgetProgress()
    {
        lock (_gate)
        {
            _progress = 0;
        }
    }

    /// <summary>The thread that runs it now; belongs to the supervisor.</summary>
    internal IWorkerThread Thread { get; set; }

    /// <summary><see cref="Thread"/> was asked to end; belongs to the supervisor.</summary>
    internal bool WasAborted { get; set; }

    /// <summary>Shuts the older threads out.</summary>
    /// <param name="oldIsDead">The thread has ended, wherever it was.</param>
    /// <returns>The new generation, or 0 while the old thread is inside a step.</returns>
    internal int Supersede(bool oldIsDead)
    {
        lock (_gate)
        {
            if (_inStep && !oldIsDead)
            {
                return 0;
            }

            _inStep = false;
            _lastBeat = _clock.UptimeMs;
            return ++_generation;
        }
    }

    private bool Enter(int generation)
    {
        lock (_gate)
        {
            if (generation != _generation || _inStep)
            {
                return false;
            }

            _inStep = true;
            return true;
        }
    }

    // A step that failed shows that the thread lives, but is no progress.
    private void Leave(int generation, bool done)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return;
            }

            _inStep = false;
            _lastBeat = _clock.UptimeMs;
            if (done)
            {
                _progress++;
            }
        }
    }
}
