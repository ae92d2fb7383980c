using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>An end of a boot.</summary>
/// <param name="At">Unix seconds.</param>
/// <param name="ResetCause">As the next boot reads it: <c>ResetCause</c> of agent.proto.</param>
/// <param name="IsPlanned">The window was closed and everything brought to safety.</param>
/// <param name="Words">The last words; null = none.</param>
/// <param name="OffSeconds">Until it starts again, beside the restart itself.</param>
internal sealed record NodeEnd(long At, int ResetCause, bool IsPlanned = false, string? Words = null, long OffSeconds = 0);

/// <summary>When and how a node's boots end: power cuts, plugs, updates, faults; and what is to be seen of a fault before.</summary>
internal sealed class NodeEnds
{
    private const int PowerOn = 1, Software = 3, Panic = 4, TaskWatchdog = 6, Brownout = 9;
    private const double NightlyHour = 5;
    private const int MissedAtMost = 60;

    private readonly Household _home;
    private readonly NodePlan _plan;
    private readonly SeededRandom _random;
    private readonly Trouble _trouble;
    private long _cutSeen;
    private long _chanceAt;
    private long _faultAt;
    private long _bootAt;
    private uint _threadRestarts, _samplesMissed;

    public NodeEnds(Household home, HouseNode node, int index, SeededRandom random)
    {
        _home = home;
        _plan = node.Plan;
        _random = random;
        _trouble = home.Trouble.Node == index && home.Trouble.Sickness != null ? home.Trouble : Trouble.None;
        _chanceAt = home.Calendar.Start + (long)(home.Plan.DaysBetweenEnds * HomeCalendar.DaySeconds * random.Exponential());
        _faultAt = _trouble.From;
    }

    /// <param name="cause">Reset cause of this boot.</param>
    public void Booted(long at, int cause)
    {
        _bootAt = at;
        if (_trouble.SizeAt(at) > 0)
        {
            _faultAt = at + Delay();
        }
    }

    /// <summary>The first end within a time; null = none.</summary>
    public NodeEnd? Next(long from, long to, long bootAt, bool isSafe)
    {
        NodeEnd? first = Earlier(PowerCut(from, to), Chance(from, to));
        first = Earlier(first, Nightly(from, to));
        return Earlier(first, isSafe ? EndOfSafeMode(bootAt, to) : Fault(from, to));
    }

    /// <summary>Least free native heap at a moment, KiB.</summary>
    public int NativeFreeKib(long second)
    {
        bool leaks = _trouble.Sickness?.Fault == Fleet.Fault.LeaksHeap && _trouble.SizeAt(second) > 0;
        double share = leaks ? Math.Clamp((second - _bootAt) / (double)Math.Max(1, _faultAt - _bootAt), 0, 1) : 0;
        return _plan.NativeFreeKib - (int)(share * (_plan.NativeFreeKib - Limits.NativeFloorKib + 2));
    }

    public uint TakeThreadRestarts() => Take(ref _threadRestarts);

    public uint TakeSamplesMissed() => Take(ref _samplesMissed);

    private static uint Take(ref uint count)
    {
        uint taken = count;
        count = 0;
        return taken;
    }

    private static NodeEnd? Earlier(NodeEnd? a, NodeEnd? b) => a == null ? b : b == null || a.At <= b.At ? a : b;

    private NodeEnd? PowerCut(long from, long to)
    {
        Span cut = _home.PowerCut;
        if (cut.From == _cutSeen || cut.From >= to || cut.To <= from)
        {
            return null;
        }

        long at = Math.Max(from, cut.From);
        _cutSeen = cut.From;
        return new NodeEnd(at, PowerOn, OffSeconds: cut.To - at);
    }

    // Somebody pulls the plug, an update, a crash of the kind that everybody has now and then.
    private NodeEnd? Chance(long from, long to)
    {
        if (_chanceAt >= to)
        {
            return null;
        }

        long at = Math.Max(from, _chanceAt);
        _chanceAt = at + 1 + (long)(_home.Plan.DaysBetweenEnds * HomeCalendar.DaySeconds * _random.Exponential());
        return _random.Next() switch
        {
            < 0.3 => new NodeEnd(at, PowerOn, OffSeconds: (long)_random.Between(5, 3600)),
            < 0.4 => new NodeEnd(at, PowerOn, OffSeconds: (long)_random.Between(3600, 20 * 3600)),
            < 0.7 => new NodeEnd(at, Software, IsPlanned: true, Words: "command reboot"),
            _ => new NodeEnd(at, Panic),
        };
    }

    private NodeEnd? Nightly(long from, long to)
    {
        long today = from - (from % HomeCalendar.DaySeconds) + (long)(NightlyHour * HomeCalendar.HourSeconds);
        bool isDue = _plan.RebootsDaily && today >= from && today < to && _bootAt < today;
        return isDue ? new NodeEnd(today, Software, IsPlanned: true, Words: "daily reboot") : null;
    }

    // The boot after three quick crashes does nothing for an hour, then tries again.
    private static NodeEnd? EndOfSafeMode(long bootAt, long to)
    {
        long at = bootAt + (Limits.SafeModeMs / 1000);
        return at < to ? new NodeEnd(at, Software, IsPlanned: true, Words: "end of safe mode") : null;
    }

    private NodeEnd? Fault(long from, long to)
    {
        if (_faultAt >= to)
        {
            return null;
        }

        long at = Math.Max(from, _faultAt);
        if (_trouble.Sickness!.Fault == Fleet.Fault.LosesThreads && !LosesThread(at))
        {
            return Fault(at + 1, to);
        }

        _faultAt = long.MaxValue;
        return _trouble.Sickness.Fault switch
        {
            Fleet.Fault.Panics => new NodeEnd(at, Panic),
            Fleet.Fault.BrownsOut => new NodeEnd(at, Brownout, OffSeconds: (long)_random.Between(0, 20)),
            Fleet.Fault.LeaksHeap => new NodeEnd(
                at, Software, IsPlanned: true, Words: $"heap low: native {Limits.NativeFloorKib - 1}, managed 52 KiB free"),
            _ => new NodeEnd(at, TaskWatchdog, Words: "uplink without progress: no fault"),
        };
    }

    // A thread is started again; one time in ten that does not help.
    private bool LosesThread(long at)
    {
        const double Helpless = 0.1;
        _threadRestarts++;
        _samplesMissed += (uint)(MissedAtMost * _random.Next());
        _faultAt = at + Delay();
        return _random.Next() < Helpless;
    }

    private long Delay()
    {
        double seconds = _trouble.Sickness!.HoursBetween * HomeCalendar.HourSeconds;
        return 1 + (long)(_trouble.Sickness.Fault == Fleet.Fault.LeaksHeap ? Math.Max(Limits.HeapRebootMs / 1000, seconds * _random.Between(0.85, 1.15)) : seconds * _random.Exponential());
    }
}
