using System;
using System.Threading;
using GatewayAgent.Survival;

namespace GatewayAgent.App;

/// <summary>One thread of a worker, from its first step until it is superseded, ended or dead.</summary>
public sealed class DeviceThread : IWorkerThread
{
    private readonly Worker _worker;
    private readonly int _generation;
    private readonly Thread _thread;

    public DeviceThread(Worker worker, int generation)
    {
        _worker = worker;
        _generation = generation;
        _thread = new Thread(Run);
        _thread.Start();
    }

    public bool IsAlive => _thread.IsAlive;

    public void Abort()
    {
        try
        {
            _thread.Abort();
        }
        catch (Exception e)
        {
            // The desktop's runtime can not end a thread; then it is superseded at its next step.
            Console.WriteLine(_worker.Name + ": not ended: " + e.Message);
        }
    }

    private void Run()
    {
        try
        {
            for (int pause = _worker.Run(_generation); pause != Worker.Superseded; pause = _worker.Run(_generation))
            {
                Thread.Sleep(pause);
            }
        }
        catch (Exception e)
        {
            // The step's own faults end in the worker: this is the thread's end, and the supervisor starts another.
            _worker.NoteFault(e);
        }
    }
}
