using System.Diagnostics;

namespace GatewayAgent.VirtualDevice.Running;

/// <summary>
/// Runs nodes on one virtual clock: the steps of all nodes in the order of their time, one after another on the caller's thread, so that
/// the same nodes in the same air take the same samples. Time is bound to the network by <see cref="SimulationOptions"/>, or to real time
/// by the clock's pace.
/// </summary>
public sealed class Simulation : IDisposable
{
    // The end retries connections in virtual time; a broker that restarts in real time must be met by one of the retries.
    private static readonly TimeSpan _drainPace = TimeSpan.FromMilliseconds(50);

    private readonly SimulationOptions _options;
    private readonly List<NodeProgress> _nodes = [];
    private readonly PriorityQueue<Event, EventOrder> _events = new();
    private readonly Settlement _settlement;
    private int _actions;

    public Simulation(VirtualClock clock, SimulationOptions? options = null)
    {
        Clock = clock;
        _options = options ?? new SimulationOptions();
        _settlement = new Settlement(_options, _nodes);
    }

    public VirtualClock Clock { get; }

    /// <summary>Adds a node; its steps begin now.</summary>
    public void Add(VirtualNode node)
    {
        var progress = new NodeProgress(node);
        int number = _nodes.Count;
        _nodes.Add(progress);
        _settlement.Listen(progress);
        foreach (StepKind kind in Enum.GetValues<StepKind>().Where(kind => kind != StepKind.Board || node.Board != null))
        {
            _events.Enqueue(new Event(progress, kind, null), new EventOrder(Clock.UptimeMs, number, (int)kind));
        }
    }

    /// <summary>Calls an action at a virtual time, before the steps of that moment.</summary>
    public void At(double seconds, Action action) =>
        _events.Enqueue(new Event(null, default, action), new EventOrder((long)(seconds * 1000), -1, _actions++));

    /// <summary>
    /// Takes the broker away for a span of virtual time. Virtual time runs on in it, where it would otherwise wait for the broker.
    /// </summary>
    public void Outage(double fromSeconds, double toSeconds, Action kill, Action restore)
    {
        At(fromSeconds, () =>
        {
            _settlement.ScriptedOutages++;
            kill();
        });
        At(toSeconds, () =>
        {
            restore();
            _settlement.ScriptedOutages--;
        });
    }

    /// <summary>Runs until a virtual time, until no node has anything more to hear, or until it is cancelled.</summary>
    /// <param name="untilMs">Uptime; the steps of that moment are not run.</param>
    public void Run(long untilMs, CancellationToken cancel)
    {
        Clock.RunFromThisThread();
        while (_nodes.Exists(node => node.IsListening)
            && !cancel.IsCancellationRequested
            && _events.TryPeek(out _, out EventOrder next))
        {
            if (!Advance(Math.Min(next.Due, untilMs), cancel) || next.Due >= untilMs)
            {
                return;
            }

            _events.TryDequeue(out Event due, out EventOrder order);
            Perform(due, order);
        }
    }

    /// <summary>
    /// Closes all windows and waits until every report is acknowledged, at most for the patience of the options. Virtual time goes on, so
    /// that retries happen.
    /// </summary>
    /// <returns>True when nothing is left in any outbox.</returns>
    public bool Finish(CancellationToken cancel)
    {
        Clock.RunFromThisThread();
        long started = Stopwatch.GetTimestamp();
        foreach (NodeProgress node in _nodes)
        {
            node.End(Clock.UptimeMs);
            node.StepUplink(Clock.UptimeMs);
        }

        while (true)
        {
            _settlement.WaitForAnswers(Clock.UptimeMs, cancel);
            if (_nodes.TrueForAll(node => node.Node.Held == 0))
            {
                return true;
            }

            if (cancel.IsCancellationRequested || Stopwatch.GetElapsedTime(started) >= _options.DrainPatience)
            {
                return false;
            }

            _settlement.WaitForNews(_drainPace);
            StepUplinks();
        }
    }

    public void Dispose() => _settlement.Dispose();

    private bool Advance(long to, CancellationToken cancel)
    {
        if (to > Clock.UptimeMs && Clock.Pace == null)
        {
            _settlement.WaitForAnswers(Clock.UptimeMs, cancel);
            _settlement.WaitForBroker(cancel);
        }

        return Clock.AdvanceTo(to, cancel);
    }

    private void Perform(in Event due, EventOrder order)
    {
        if (due.Node is not { } node)
        {
            due.Action!();
            return;
        }

        if (due.Kind == StepKind.Sample)
        {
            node.Node.Air.AdvanceTo(order.Due);
            if (node.Node.Air.EndMs <= order.Due)
            {
                node.End(order.Due);
            }
        }

        if (due.Kind == StepKind.Uplink || node.IsListening)
        {
            int delay = node.Step(due.Kind, order.Due);
            long next = Math.Max(order.Due + Math.Max(1, delay), node.NotBefore(due.Kind));
            _events.Enqueue(due, order with { Due = next });
        }
    }

    // One step of every uplink, at the earliest time any of them asked for.
    private void StepUplinks()
    {
        long now = Clock.UptimeMs + _nodes.Where(node => node.Node.Held > 0).Min(node => node.StepUplink(Clock.UptimeMs));
        Clock.JumpTo(Math.Max(now, Clock.UptimeMs + 1));
        RunDueActions();
        foreach (NodeProgress node in _nodes)
        {
            node.StepUplink(Clock.UptimeMs);
        }
    }

    // Of the events that are left only the actions matter now: a broker that was taken away must come back.
    private void RunDueActions()
    {
        while (_events.TryPeek(out Event due, out EventOrder order) && order.Due <= Clock.UptimeMs)
        {
            _events.Dequeue();
            due.Action?.Invoke();
        }
    }

    private readonly record struct Event(NodeProgress? Node, StepKind Kind, Action? Action);

    // Order is the number of the step's kind, or of the action.
    private readonly record struct EventOrder(long Due, int Node, int Order) : IComparable<EventOrder>
    {
        public int CompareTo(EventOrder other) => (Due, Node, Order).CompareTo((other.Due, other.Node, other.Order));
    }
}
