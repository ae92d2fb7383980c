using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;
using GatewayAgent.Survival;

namespace GatewayAgent.Tests.Firmware;

/// <summary>
/// A whole node under its supervisor, on a virtual clock, with an enemy: once in a while it picks a thread and ends it, or lets it hang,
/// between two steps or inside a call of a port.
/// </summary>
internal sealed class KilledNode : IThreads, IRadio, IHealth, ILatencyProbe
{
    public const int SampleStallMs = 15_000;

    /// <summary>Longest time for which a thread hangs that nothing can end, ms.</summary>
    public const int UnendableMs = 30_000;

    private const int UplinkStallMs = 150_000, ProbeStallMs = 120_000;

    // Calls of ports that a step makes at most, about: the victim fails in one of its next.
    private const int CallsAhead = 6;

    private readonly Random _random;
    private readonly FakeRadio _radio = new() { ChannelCount = 0, RssiStep = 3, RssiSteps = 7, StationCount = 2 };
    private readonly FakeProbe _probe = new();
    private readonly Supervisor _supervisor;
    private readonly List<VirtualThread> _threads = [];
    private readonly CountingWatchdog _watchdog = new();
    private long _lookAt;
    private long _lastSample = -1;
    private Worker? _victim;
    private int _callsUntil;
    private bool _unendable;
    private Action<VirtualThread>? _fate;

    public KilledNode(int seed)
    {
        _random = new Random(seed);
        Broker = new TouchyBroker(this, Clock);
        var settings = new AgentSettings { Home = "h", Node = "n", BrokerHost = "b", WindowSeconds = 60, FirstWindowSeconds = 60 };
        Node = new Node(
            new NodeParts { Clock = Clock, Radio = this, Health = this, Transport = Broker, Probe = this, BootId = TouchyBroker.BootId, Seed = seed },
            settings);
        Workers =
        [
            new Worker("sampler", Node.SampleStep, Clock, SampleStallMs, true),
            new Worker("uplink", Node.UplinkStep, Clock, UplinkStallMs, true),
            new Worker("probe", Node.ProbeStep, Clock, ProbeStallMs, false),
        ];
        var record = new BootRecord(Flash);
        record.Begin(1, settings.WindowSeconds, new Random(seed));
        _supervisor = new Supervisor(Workers, this, _watchdog, Clock, record, new HeapWatch(new FakeHealth()), Supervision, Node);
    }

    public FakeClock Clock { get; } = new();

    public BootFlash Flash { get; } = new();

    public Supervision Supervision { get; } = new();

    public TouchyBroker Broker { get; }

    public Node Node { get; }

    public Worker[] Workers { get; }

    /// <summary>Threads ended by the enemy, and threads that hung.</summary>
    public int Kills { get; private set; }

    public int Hangs { get; private set; }

    /// <summary>Of those, in the middle of a step.</summary>
    public int InsideSteps { get; private set; }

    public int Started { get; private set; }

    /// <summary>Longest time between two samples, ms: while every thread could be ended, and while the sampler could not.</summary>
    public long LongestGapMs { get; private set; }

    public long LongestUnendableGapMs { get; private set; }

    public int MostInOutbox { get; private set; }

    public bool WantsReboot { get; private set; }

    public int Feeds => _watchdog.Feeds;

    public IWorkerThread Start(Worker worker, int generation)
    {
        var thread = new VirtualThread(worker, generation, () => Clock.UptimeMs);
        _threads.Add(thread);
        Started++;
        return thread;
    }

    /// <summary>Something happens to a thread of this worker soon.</summary>
    public void Attack(Worker worker, bool isHang)
    {
        Action<VirtualThread> fate = isHang ? Hang : Kill;
        if (_random.Next(4) == 0)
        {
            KillBetweenSteps(worker);
            return;
        }

        _victim = worker;
        _callsUntil = _random.Next(CallsAhead);
        _fate = fate;
    }

    /// <summary>The last attack has found its victim.</summary>
    public bool IsQuiet => _fate == null;

    /// <summary>A port is called: here a thread may end.</summary>
    public void Touch()
    {
        if (VirtualThread.Current is { } thread && thread.Worker == _victim && _callsUntil-- <= 0 && _fate is { } fate)
        {
            _fate = null;
            InsideSteps++;
            fate(thread);
        }
    }

    public void Run(int milliseconds)
    {
        for (long end = Clock.UptimeMs + milliseconds; Clock.UptimeMs < end && !WantsReboot;)
        {
            if (Clock.UptimeMs >= _lookAt)
            {
                Look();
            }

            foreach (VirtualThread thread in _threads.Where(thread => thread.IsAlive && thread.DueAt <= Clock.UptimeMs).ToList())
            {
                thread.Resume();
            }

            _threads.RemoveAll(thread => !thread.IsAlive);
            Broker.Tick();
            MostInOutbox = Math.Max(MostInOutbox, Node.Outbox.Count);
            Clock.UptimeMs = Math.Min(end, Math.Min(_lookAt, _threads.Count == 0 ? end : Math.Max(Clock.UptimeMs + 1, _threads.Min(thread => thread.DueAt))));
        }
    }

    private void Look()
    {
        int pause = _supervisor.Look();
        WantsReboot = pause == Supervisor.RebootNow;
        _lookAt = Clock.UptimeMs + pause;
    }

    // There it has nothing to hang in. One that was just killed is not there to be killed.
    private void KillBetweenSteps(Worker worker)
    {
        if (_threads.LastOrDefault(thread => thread.Worker == worker) is { Obeys: true } asleep)
        {
            asleep.Abort();
            Kills++;
        }
    }

    private void Kill(VirtualThread thread)
    {
        Kills++;
        thread.Die();
    }

    // One in ten hangs where nothing can end it, but for less time than the device waits before it is restarted.
    private void Hang(VirtualThread thread)
    {
        Hangs++;
        thread.Obeys = _random.Next(10) != 0;
        _unendable |= !thread.Obeys && thread.Worker == Workers[0];
        int longest = thread.Obeys ? 2 * Limits.RestartAfterMs : UnendableMs;
        try
        {
            thread.Hang(_random.Next(longest));
        }
        finally
        {
            thread.Obeys = true;
        }
    }

    private void NoteSample()
    {
        long gap = Clock.UptimeMs - _lastSample;
        _lastSample = Clock.UptimeMs;
        if (_unendable)
        {
            LongestUnendableGapMs = Math.Max(LongestUnendableGapMs, gap);
            _unendable = gap <= Limits.SamplePeriodMs;
        }
        else
        {
            LongestGapMs = Math.Max(LongestGapMs, gap);
        }
    }

    RadioSource IRadio.Source => _radio.Source;

    int IRadio.Abi => 1;

    uint IRadio.Capabilities => _radio.Capabilities;

    uint IRadio.Channels2g => _radio.Channels2g;

    uint IRadio.Channels5g => 0;

    int IRadio.StationAgeSeconds => 0;

    bool IRadio.ReadLink(LinkReading reading)
    {
        Touch();
        NoteSample();
        return _radio.ReadLink(reading);
    }

    int IRadio.ReadStations(byte[] records)
    {
        Touch();
        return _radio.ReadStations(records);
    }

    int IRadio.BeginDwell(int channel, int milliseconds)
    {
        Touch();
        return _radio.BeginDwell(channel, milliseconds);
    }

    int IRadio.TakeChannels(byte[] records)
    {
        Touch();
        return _radio.TakeChannels(records);
    }

    void IRadio.TakeDiscards(RadioDiscards discards) => Touch();

    bool IRadio.Refresh(long now, ScanWish wish)
    {
        Touch();
        return false;
    }

    int IHealth.ManagedFreeKib
    {
        get
        {
            Touch();
            return 60;
        }
    }

    int IHealth.NativeFreeKib => 110;

    int IHealth.ResetCause => 1;

    bool ILatencyProbe.IsAvailable => true;

    int ILatencyProbe.Measure()
    {
        Touch();
        return _probe.Measure();
    }
}
