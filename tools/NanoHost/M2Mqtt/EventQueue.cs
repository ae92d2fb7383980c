namespace nanoFramework.M2Mqtt;

/// <summary>Events of one connection on their way to the thread that raises them.</summary>
internal sealed class EventQueue
{
    private readonly object _gate = new();
    private readonly Queue<Action> _events = new();
    private bool _nudged;

    /// <summary>The connection is over: what is queued is still told.</summary>
    public bool Finished { get; private set; }

    /// <summary>The owner closed it: nothing more is told.</summary>
    public bool Stopped { get; private set; }

    public void Post(Action raise) => Change(() => _events.Enqueue(raise));

    public void Finish() => Change(() => Finished = true);

    public void Stop() => Change(() => Stopped = true);

    /// <summary>Ends the wait under way, so that its length is computed anew.</summary>
    public void Nudge() => Change(() => _nudged = true);

    /// <summary>Waits until there is something to do: an event, a nudge, the end, or the time is over.</summary>
    /// <param name="raise">The event, or null.</param>
    /// <returns>False when nothing more will come.</returns>
    public bool Wait(int timeoutMs, out Action raise)
    {
        lock (_gate)
        {
            if (_events.Count == 0 && !Finished && !Stopped && !_nudged)
            {
                Monitor.Wait(_gate, timeoutMs);
            }

            _nudged = false;
            raise = null;
            return !Stopped && (_events.TryDequeue(out raise) || !Finished);
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Monitor.Pulse(_gate);
        }
    }
}
