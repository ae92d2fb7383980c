using System;
using System.Threading;

namespace GatewayAgent.App;

/// <summary>
/// Watches the threads of the node: starts a dead one again, and lets the watchdog have its way when one has stalled. Runs on the main
/// thread, for ever.
/// </summary>
public sealed class Supervisor
{
    private const int PeriodMs = 5000;

    private readonly Worker[] _workers;
    private readonly IWatchdog _watchdog;

    public Supervisor(Worker[] workers, IWatchdog watchdog)
    {
        _workers = workers;
        _watchdog = watchdog;
    }

    public void Run()
    {
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
            _watchdog.Feed();
        }
    }
}
