using GatewayAgent.Ports;

namespace GatewayAgent.VirtualDevice.Running;

/// <summary>
/// Uptime and wall clock of virtual nodes. Time stands still while a node's step runs and goes on between steps, in jumps; with a
/// <see cref="Pace"/> the threads of an MQTT client see it flow in between, so that round trips have a length.
/// </summary>
public sealed class VirtualClock : IClock
{
    // What this thread is shown instead.
    [ThreadStatic]
    private static long? _shown;

    private readonly long _bootTime;
    private long _now;
    private long _next;
    private int _steppingThread = Environment.CurrentManagedThreadId;

    /// <param name="bootTime">Unix seconds at uptime 0; 0 = the nodes do not know the time.</param>
    /// <param name="pace">Null: as fast as the machine allows.</param>
    public VirtualClock(long bootTime, Pace? pace = null)
    {
        _bootTime = bootTime;
        Pace = pace;
    }

    /// <summary>How fast it runs; null = as fast as the machine allows.</summary>
    public Pace? Pace { get; }

    public long UptimeMs
    {
        get
        {
            if (_shown is { } shown)
            {
                return shown;
            }

            long now = Interlocked.Read(ref _now);
            return Pace == null || Environment.CurrentManagedThreadId == _steppingThread
                ? now
                : Math.Clamp(Pace.ElapsedMs, now, Math.Max(now, Interlocked.Read(ref _next)));
        }
    }

    public uint UnixSeconds => _bootTime == 0 ? 0 : (uint)(_bootTime + (UptimeMs / 1000));

    /// <summary>Calls an action to which the clock shows a time.</summary>
    internal static void Show(long uptimeMs, Action action)
    {
        _shown = uptimeMs;
        try
        {
            action();
        }
        finally
        {
            _shown = null;
        }
    }

    /// <summary>Lets time flow. For this thread it stands still between the calls of <see cref="AdvanceTo"/>.</summary>
    internal void RunFromThisThread()
    {
        _steppingThread = Environment.CurrentManagedThreadId;
        Pace?.Start();
    }

    /// <summary>Goes to a time without keeping to the pace.</summary>
    internal void JumpTo(long uptimeMs) => Interlocked.Exchange(ref _now, Math.Max(_now, uptimeMs));

    /// <summary>Goes to a time at the clock's pace; earlier ones are ignored.</summary>
    /// <param name="uptimeMs">The new time.</param>
    /// <returns>False when the wait for it was cancelled; the time is then as before.</returns>
    internal bool AdvanceTo(long uptimeMs, CancellationToken cancel)
    {
        if (uptimeMs <= _now)
        {
            return true;
        }

        Interlocked.Exchange(ref _next, uptimeMs);
        if (Pace != null && !Pace.WaitUntil(uptimeMs, cancel))
        {
            return false;
        }

        Interlocked.Exchange(ref _now, uptimeMs);
        return true;
    }
}
