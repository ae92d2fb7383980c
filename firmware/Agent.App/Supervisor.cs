using System;
using System.Threading;
using GatewayAgent.Ports;
using nanoFramework.Runtime.Native;

namespace GatewayAgent.App;

/// <summary>
/// Watches the threads of the node: starts a dead one again, and feeds the watchdog only while all make progress. Stock images have no
/// watchdog, so a stall that lasts ends in a restart from here. Runs on the main thread, for ever.
/// </summary>
public sealed class Supervisor
{
    private const int PeriodMs = 5000;

    // Longer than any stall that can pass: the watchdog, where there is one, is quicker.
    private const int RestartAfterMs = 10 * 60 * 1000;

    private readonly Worker[] _workers;
    private readonly IWatchdog _watchdog;
    private readonly IClock _clock;
    private long _lastHealthy;

    public Supervisor(Worker[] workers, IWatchdog watchdog, IClock clock)
    {
        _clock = clock;
        _workers = workers;
        _watchdog = watchdog;
    }

    public void Run()
    {
        _lastHealthy = _clock.UptimeMs;
        foreach (Worker worker in _workers)
        {
            worker.Start();
        }

        while (true)
        {
            Thread.Sleep(PeriodMs);
            try
            {
                Look();
            }
            catch (Exception e)
            {
                // Without a fed watchdog the device restarts, which is the remedy.
                Console.WriteLine("supervisor: " + e.Message);
            }
        }
    }

    private void Look()
    {
        bool healthy = true;
        foreach (Worker worker in _workers)
        {
            if (worker.IsDead)
            {
                Console.WriteLine("supervisor: starting a dead thread again");
                worker.Start();
            }

            healthy &= worker.IsHealthy;
        }

        if (healthy)
        {
            _lastHealthy = _clock.UptimeMs;
            _watchdog.Feed();
        }
        else if (_clock.UptimeMs - _lastHealthy >= RestartAfterMs)
        {
            Console.WriteLine("supervisor: stalled for too long, restarting");
            Power.RebootDevice();
        }
    }
}
