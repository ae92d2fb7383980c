using System;
using System.Threading;
using GatewayAgent.Ports;

namespace GatewayAgent.App;

/// <summary>
/// One step of the node, called for ever on a thread of its own. An exception ends the step, not the thread; the heartbeat tells the
/// supervisor that the thread lives.
/// </summary>
public sealed class Worker
{
    // After a failed step, so that a fault that stays does not take the processor.
    private const int PauseAfterFaultMs = 1000;

    private readonly Step _step;
    private readonly IClock _clock;
    private readonly string _name;
    private readonly int _stallMs;
    private Thread _thread;
    private long _lastBeat;

    /// <param name="name">For the log.</param>
    /// <param name="step">What to do.</param>
    /// <param name="clock">Uptime.</param>
    /// <param name="stallMs">Longest time between two steps that is still in order.</param>
    public Worker(string name, Step step, IClock clock, int stallMs)
    {
        _name = name;
        _step = step;
        _clock = clock;
        _stallMs = stallMs;
    }

    /// <summary>Thread alive, and its last good step ended no longer ago than the next may take.</summary>
    public bool IsHealthy => _thread != null && _thread.IsAlive && _clock.UptimeMs - _lastBeat < _stallMs;

    /// <summary>True when the thread has ended, which it never does by itself.</summary>
    public bool IsDead => _thread == null || !_thread.IsAlive;

    public void Start()
    {
        _lastBeat = _clock.UptimeMs;
        _thread = new Thread(Run);
        _thread.Start();
    }

    private void Run()
    {
        while (true)
        {
            int pause = StepGuarded();
            if (pause > 0)
            {
                Thread.Sleep(pause);
            }
        }
    }

    // The heart beats only after a step that returned: a step that fails for ever is a stall.
    private int StepGuarded()
    {
        try
        {
            int pause = _step(_clock.UptimeMs);
            _lastBeat = _clock.UptimeMs;
            return pause;
        }
        catch (Exception e)
        {
            Console.WriteLine(_name + ": " + e.Message);
            return PauseAfterFaultMs;
        }
    }
}
