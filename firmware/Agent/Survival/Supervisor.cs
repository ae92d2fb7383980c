using System;
using GatewayAgent.Ports;

namespace GatewayAgent.Survival;

/// <summary>
/// Watches the threads of the node: starts a dead one again, ends and replaces one that hangs, feeds the watchdog only on progress of the
/// vital ones, and restarts the device when that stays away, when it is asked to, when the heap runs low, or when safe mode is over. Its owner
/// calls <see cref="Look"/> for ever from one thread.
/// </summary>
public sealed class Supervisor
{
    /// <summary>Answer of <see cref="Look"/>: restart the device now.</summary>
    public const int RebootNow = -1;

    // Until the next look at a thread that was asked to end.
    private const int SoonMs = 100;

    private readonly Worker[] _workers;
    private readonly IThreads _threads;
    private readonly IWatchdog _watchdog;
    private readonly IClock _clock;
    private readonly BootRecord _record;
    private readonly HeapWatch _heap;
    private readonly Supervision _supervision;
    private readonly IPlannedStop _stop;
    private readonly long _startedAt;
    private long _expected;
    private long _progressAt;
    private long _stopBy;
    private bool _toldHeap;
    private bool _ended;

    /// <param name="stop">Null: there is nothing to bring to safety.</param>
    public Supervisor(
        Worker[] workers, IThreads threads, IWatchdog watchdog, IClock clock, BootRecord record, HeapWatch heap, Supervision supervision, IPlannedStop stop)
    {
        _workers = workers;
        _threads = threads;
        _watchdog = watchdog;
        _clock = clock;
        _record = record;
        _heap = heap;
        _supervision = supervision;
        _stop = stop;
        _startedAt = clock.UptimeMs;
        _progressAt = _startedAt;
        _expected = _startedAt;
    }

    /// <summary>Looks once. The first look starts the threads. Does not throw.</summary>
    /// <returns>Milliseconds until the next look, or <see cref="RebootNow"/>: then no thread begins a step any more.</returns>
    public int Look()
    {
        try
        {
            return LookAtAll(_clock.UptimeMs);
        }
        catch (Exception e)
        {
            // Without a fed watchdog the device restarts, which is the remedy.
            Console.WriteLine("supervisor: " + e.Message);
            return _ended ? RebootNow : Limits.SupervisorPeriodMs;
        }
    }

    private int LookAtAll(long now)
    {
        // While a name is looked up or TLS shakes hands no managed thread runs, this one neither: a look that comes late judges nobody, or
        // it would take all the others for hung.
        bool late = now - _expected > Limits.SupervisorPeriodMs;
        bool waiting = false;
        foreach (Worker worker in _workers)
        {
            waiting |= !Check(worker, now, late);
        }

        LookAtProgress(now, late);
        _record.Tick(now - _startedAt);
        LookForReasons(now - _startedAt);
        if (_ended || StopIsOver(now))
        {
            ShutOut();
            return RebootNow;
        }

        int pause = waiting ? SoonMs : Limits.SupervisorPeriodMs;
        _expected = _clock.UptimeMs + pause;
        return pause;
    }

    // False: a thread was asked to end, and is to be looked at again soon.
    private bool Check(Worker worker, long now, bool late)
    {
        if (worker.Thread == null || !worker.Thread.IsAlive)
        {
            TellDeath(worker);
            Start(worker, true);
            return true;
        }

        if (!worker.IsStalled(now))
        {
            // One that could not be ended has come back by itself: should it hang again, it is asked again.
            worker.WasAborted = false;
            return true;
        }

        if (late)
        {
            return true;
        }

        if (!worker.WasAborted)
        {
            worker.WasAborted = true;
            worker.Thread.Abort();
            Tell(worker.Name + " stalled");
            return false;
        }

        // It still lives. Between two steps it may be left to itself; inside one nothing but a restart of the device helps.
        Start(worker, false);
        return true;
    }

    private void Start(Worker worker, bool oldIsDead)
    {
        int generation = worker.Supersede(oldIsDead);
        if (generation == 0)
        {
            return;
        }

        worker.WasAborted = false;
        worker.Thread = null;
        worker.Thread = _threads.Start(worker, generation);
        if (generation > 1)
        {
            _supervision.CountRestart();
        }
    }

    private void TellDeath(Worker worker)
    {
        if (worker.Thread != null && !worker.WasAborted)
        {
            Tell(worker.Name + " died: " + worker.TakeFault());
        }
    }

    private void LookAtProgress(long now, bool late)
    {
        Worker idle = null;
        foreach (Worker worker in _workers)
        {
            if (worker.IsVital && !worker.HasProgressed)
            {
                idle = worker;
            }
        }

        if (idle == null)
        {
            _watchdog.Feed();
            foreach (Worker worker in _workers)
            {
                worker.ForgetProgress();
            }
        }

        if (idle == null || late)
        {
            _progressAt = now;
        }
        else if (now - _progressAt >= Limits.RestartAfterMs)
        {
            _ended = true;
            _record.Fail(idle.Name + " without progress: " + idle.TakeFault());
        }
    }

    private void LookForReasons(long uptime)
    {
        if (_record.IsSafeMode && uptime >= Limits.SafeModeMs)
        {
            _supervision.RequestReboot("end of safe mode");
        }

        string low = _heap.Look(uptime);
        if (low == null)
        {
            return;
        }

        if (uptime >= Limits.HeapRebootMs)
        {
            _supervision.RequestReboot(low);
        }
        else if (!_toldHeap)
        {
            _toldHeap = true;
            Tell(low);
        }
    }

    private bool StopIsOver(long now)
    {
        string reason = _supervision.RebootReason;
        if (reason == null)
        {
            return false;
        }

        if (_stopBy == 0)
        {
            _stopBy = now + Limits.PlannedStopMs;
            _stop?.Request(reason);
        }

        bool ready = _stop == null || _stop.IsReady;
        if (!ready && now < _stopBy)
        {
            return false;
        }

        _ended = true;
        ShutOut();
        _record.End(reason, ready);
        return true;
    }

    // What a thread did from here on would be in no report: it must not even begin.
    private void ShutOut()
    {
        foreach (Worker worker in _workers)
        {
            worker.Supersede(true);
        }
    }

    private void Tell(string words)
    {
        Console.WriteLine("supervisor: " + words);
        _record.Note(words, _clock.UptimeMs - _startedAt);
    }
}
