using System.Diagnostics.CodeAnalysis;
using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Protocol;
using GatewayAgent.Survival;

namespace GatewayAgent.Tests.Firmware.Offline;

/// <summary>
/// A node to which everything happens at once, by seed: the broker or the collector away, words lost, flash that fails, power that is cut,
/// ports that throw, clock steps, other settings, planned stops.
/// </summary>
internal sealed class RoughLife
{
    private readonly Random _random;
    private readonly FakeClock _clock = new();
    private readonly int _channels;
    private readonly bool _hasFlash;
    private AgentSettings _settings;
    private BootRecord _record;
    private Node _node;
    private TallyRadio _radio;
    private uint _seen;
    private long _uplinkAt, _brokerUntil, _collectorUntil, _readsUntil;
    private bool _isCollectorUp = true;

    public RoughLife(int seed, bool hasFlash = true)
    {
        _random = new Random(seed);
        _hasFlash = hasFlash;
        _channels = _random.Next(2) == 0 ? 13 : 42;
        _settings = SettingsOf(_random.Next(60, 901));
        Collector.Loses = () => !_isCollectorUp;
        Collector.Lost = report => Mark(LostByBroker, report);
        Collector.IsReachable = true;
        Boot();
    }

    public FakeFlash Flash { get; } = new();

    public RangeCollector Collector { get; } = new("gw/v1/h/n/ack");

    /// <summary>Every report as it closed, by boot and sequence.</summary>
    public Dictionary<(uint Boot, uint Sequence), Report> Closed { get; } = [];

    /// <summary>Reports whose room was needed before anyone could look at them.</summary>
    public HashSet<(uint Boot, uint Sequence)> Unseen { get; } = [];

    /// <summary>Closed less than the unsafe time before a cut.</summary>
    public HashSet<(uint Boot, uint Sequence)> Fresh { get; } = [];

    public HashSet<(uint Boot, uint Sequence)> LostByBroker { get; } = [];

    public Node Node => _node;

    public int Cuts { get; private set; }

    public int Kills { get; private set; }

    public bool IsRough { get; set; } = true;

    public long Seconds { get; private set; }

    public long HealSeconds { get; private set; }

    public void Live(long seconds)
    {
        for (long i = 0; i < seconds; i++)
        {
            Trouble();
            Step();
        }
    }

    /// <summary>Everything works again: runs until nothing is held, at most for these seconds.</summary>
    public void Heal(long seconds)
    {
        IsRough = false;
        _isCollectorUp = true;
        Flash.PowerUp();
        Collector.IsReachable = true;
        for (; HealSeconds < seconds && (HealSeconds < 2 * 3600 || _node.Stored + _node.Outbox.Count > 0); HealSeconds++)
        {
            Step();
        }
    }

    private static AgentSettings SettingsOf(int window) => new() { Home = "h", Node = "n", BrokerHost = "b", WindowSeconds = window };

    [MemberNotNull(nameof(_record), nameof(_node), nameof(_radio))]
    private void Boot()
    {
        _clock.UptimeMs = 0;
        _seen = 0;
        _uplinkAt = 0;
        _brokerUntil = 0;
        _collectorUntil = 0;
        _readsUntil = 0;
        _clock.UnixSeconds = _random.Next(2) == 0 ? 0 : 1_760_000_000u;
        _radio = new TallyRadio(_random, _channels) { Before = MayThrow };
        Collector.Before = MayThrow;
        _record = new BootRecord(Flash);
        _record.Begin(1, _settings.WindowSeconds, _random);
        _node = new Node(
            new NodeParts
            {
                Clock = _clock,
                Radio = _radio,
                Health = new FakeHealth(),
                Transport = Collector,
                Probe = new FakeProbe(),
                Flash = _hasFlash ? Flash : null,
                Boot = _record,
                BootId = _record.BootId,
                Seed = _random.Next(),
            },
            _settings);
    }

    private void MayThrow()
    {
        if (IsRough && _random.Next(5000) == 0)
        {
            throw new InvalidOperationException("killed");
        }
    }

    private void Trouble()
    {
        if (!IsRough)
        {
            return;
        }

        if (_clock.UptimeMs >= _brokerUntil)
        {
            Collector.IsReachable = _random.Next(2) == 0;
            Collector.IsPrompt = _random.Next(3) > 0;
            _brokerUntil = _clock.UptimeMs + (_random.Next(10, 7200) * 1000L);
            if (!Collector.IsReachable)
            {
                Collector.Disconnect();
            }
        }

        if (_clock.UptimeMs >= _collectorUntil)
        {
            _isCollectorUp = _random.Next(3) > 0;
            _collectorUntil = _clock.UptimeMs + (_random.Next(60, 14400) * 1000L);
            int deafness = _random.Next(4);
            Collector.Speaks = () => !IsRough || _random.Next(8) >= deafness;
        }

        if (_clock.UptimeMs >= _readsUntil)
        {
            Flash.FailsReads = _random.Next(300) == 0;
            _readsUntil = _clock.UptimeMs + (Flash.FailsReads ? _random.Next(1, 20) : 60) * 1000L;
        }

        switch (_random.Next(40000))
        {
            case < 4:
                Flash.FailingWrites = _random.Next(1, 4);
                break;
            case < 8:
                _clock.UnixSeconds = (uint)(1_760_000_000 + _random.Next(-100_000, 100_000));
                break;
            case < 10:
                _settings = SettingsOf(_random.Next(60, 901));
                _node.Apply(_settings);
                break;
            case < 12:
                _node.ReportNow();
                break;
            case < 14 when _hasFlash:
                Stop();
                break;
            case < 16 when _hasFlash:
                Cut();
                break;
        }
    }

    private void Step()
    {
        Try(() => _node.SampleStep(_clock.UptimeMs));
        Note();
        if (_clock.UptimeMs >= _uplinkAt)
        {
            _uplinkAt = _clock.UptimeMs + Try(() => _node.UplinkStep(_clock.UptimeMs));
        }

        if (_random.Next(2) == 0)
        {
            Collector.Answer();
        }

        _clock.UptimeMs += 1000;
        _clock.UnixSeconds += _clock.UnixSeconds == 0 ? 0u : 1u;
        Seconds++;
    }

    private int Try(Func<int> step)
    {
        try
        {
            return step();
        }
        catch (InvalidOperationException)
        {
            Kills++;
            return 1000;
        }
    }

    // What has closed since the last look, as it is before anything merges.
    private void Note()
    {
        byte[] buffer = new byte[Limits.ReportBytes];
        while (_seen < _node.Sequence)
        {
            _seen++;
            int length = _node.Outbox.Copy(_seen, buffer, out _, out _);
            if (length > 0)
            {
                Closed[(_record.BootId, _seen)] = Report.Parser.ParseFrom(buffer, 0, length);
            }
            else
            {
                Unseen.Add((_record.BootId, _seen));
            }
        }
    }

    private void Stop()
    {
        _node.Request("stop");
        for (int i = 0; i < 120 && !_node.IsReady; i++)
        {
            Step();
        }

        bool isSafe = _node.IsReady;
        _record.End("stop", isSafe);
        EndBoot(isSafe);
    }

    private void Cut()
    {
        Cuts++;
        Flash.StepsLeft = _random.Next(4000);
        for (int i = 0; i < 7200 && !Flash.IsOff; i++)
        {
            Step();
        }

        EndBoot(false);
    }

    private void EndBoot(bool isSafe)
    {
        Flash.PowerUp();
        if (!isSafe)
        {
            long now = _clock.UptimeMs / 1000;
            foreach (((uint boot, uint sequence), Report report) in Closed)
            {
                if (boot == _record.BootId && now - (report.StartS + report.SpanS) <= Limits.UnsafeSeconds)
                {
                    Fresh.Add((boot, sequence));
                }
            }
        }

        Collector.Disconnect();
        Boot();
    }

    private static void Mark(HashSet<(uint Boot, uint Sequence)> set, Report report)
    {
        for (uint sequence = report.Sequence - report.Merged; sequence <= report.Sequence; sequence++)
        {
            set.Add((report.BootId, sequence));
        }
    }
}
