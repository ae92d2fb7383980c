using GatewayAgent.Uplink;

namespace GatewayAgent.VirtualDevice.Running;

/// <summary>A node in a simulation: whether it still listens, and what virtual time waits for on its account.</summary>
internal sealed class NodeProgress(VirtualNode node)
{
    // Reports of a pause: one a day, so that none has an unlikely span.
    private const long LongestSleepMs = 24 * 3600 * 1000;

    private bool _brokerOverdue, _acksOverdue, _roomOverdue;
    private long _sleepsUntil;

    public VirtualNode Node { get; } = node;

    /// <summary>Its air has not ended.</summary>
    public bool IsListening { get; private set; } = true;

    /// <summary>Connection attempts after which it was last seen whether the broker is there.</summary>
    public int CheckedAttempts { get; set; } = -1;

    /// <summary>Closes the last window.</summary>
    public void End(long now)
    {
        if (IsListening)
        {
            IsListening = false;
            Node.Air.AdvanceTo(now);
            Node.Flush(now);
        }
    }

    /// <summary>Runs a step.</summary>
    /// <returns>Milliseconds until the node wants to be called again.</returns>
    public int Step(StepKind kind, long now) => kind switch
    {
        StepKind.Sample => StepSample(now),
        StepKind.Uplink => StepUplink(now),
        _ => Node.Step(kind, now),
    };

    /// <summary>Uptime before which a step of this kind has nothing to do.</summary>
    public long NotBefore(StepKind kind) => kind == StepKind.Uplink && Node.Held > 0 ? 0 : _sleepsUntil;

    /// <summary>Runs the uplink's step. Any progress makes waiting worth while again.</summary>
    public int StepUplink(long now)
    {
        int held = Node.Held;
        bool wasSending = Node.IsSending;
        int delay = Node.Step(StepKind.Uplink, now);
        _brokerOverdue &= wasSending && Node.IsSending;
        if (Node.Held < held)
        {
            _acksOverdue = false;
            _roomOverdue = false;
        }

        return delay;
    }

    /// <summary>What virtual time has to wait for.</summary>
    public Awaited Awaits(long now)
    {
        if (!Node.IsOnline || Node.Held == 0)
        {
            return Awaited.Nothing;
        }

        if (!_brokerOverdue && Node.IsSending)
        {
            return Awaited.Broker;
        }

        if (Node.RunningOn.Assurance == Assurance.Broker || Node.IsPacing(now))
        {
            return Awaited.Nothing;
        }

        if (!_acksOverdue)
        {
            return Awaited.Acks;
        }

        return !_roomOverdue && Node.Outbox.Count >= Limits.OutboxReports / 2 ? Awaited.Room : Awaited.Nothing;
    }

    /// <summary>No more waiting for this until there is progress.</summary>
    public void GiveUp(Awaited awaited)
    {
        _brokerOverdue |= awaited == Awaited.Broker;
        _acksOverdue |= awaited == Awaited.Acks;
        _roomOverdue |= awaited == Awaited.Room;
    }

    // When a window closes in a pause of the air, the node sleeps.
    private int StepSample(long now)
    {
        uint closed = Node.Sequence;
        int delay = Node.Step(StepKind.Sample, now);
        if (Node.Sequence != closed)
        {
            _sleepsUntil = EndOfSleep(now);
        }

        return delay;
    }

    // On the grid of the windows: the one in which the pause ends is heard from its start.
    private long EndOfSleep(long now)
    {
        long end = Math.Min(Node.Air.PausedUntilMs, now + LongestSleepMs);
        return end - (end % (Node.RunningOn.WindowSeconds * 1000L));
    }
}

/// <summary>What virtual time stands still for.</summary>
internal enum Awaited
{
    Nothing,

    /// <summary>The broker's answer to what was sent.</summary>
    Broker,

    /// <summary>The collector's acknowledgement.</summary>
    Acks,

    /// <summary>The collector's acknowledgement, before an outbox that is half full overflows.</summary>
    Room,
}
