using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Survival;

namespace GatewayAgent.Tests.Firmware.Offline;

/// <summary>A boot as it was lived.</summary>
/// <param name="BootId">Number of the boot.</param>
/// <param name="WasCut">The power went in it.</param>
/// <param name="Windows">What its windows hold; the last one was open at its end.</param>
internal sealed record BootTruth(uint BootId, bool WasCut, IReadOnlyList<WindowTruth> Windows);

/// <summary>A node over many boots on one flash: the broker out of reach, days that end by plan or by a power cut.</summary>
internal sealed class OfflineLife
{
    private const long DaySeconds = 24 * 3600;

    private readonly Random _random;
    private readonly AgentSettings _settings;
    private readonly FakeClock _clock = new();
    private TallyRadio _radio;
    private BootRecord _record;
    private Node _node;

    public OfflineLife(int seed, int windowSeconds)
    {
        _random = new Random(seed);
        _settings = new AgentSettings { Home = "h", Node = "n", BrokerHost = "b", WindowSeconds = windowSeconds };
        (_radio, _record, _node) = Boot();
    }

    public FakeFlash Flash { get; } = new();

    public RangeCollector Collector { get; } = new("gw/v1/h/n/ack");

    public List<BootTruth> Boots { get; } = [];

    public Node Node => _node;

    public BootRecord Record => _record;

    /// <summary>Most reports that stood in RAM.</summary>
    public int MostInRam { get; private set; }

    /// <summary>Reports on flash at the end of the last boot.</summary>
    public int Kept { get; private set; }

    /// <summary>A day offline that ends with a planned reboot.</summary>
    public void DayWithPlannedEnd()
    {
        Live(DaySeconds);
        _node.Request("daily reboot");
        for (int i = 0; i < 120 && !_node.IsReady; i++)
        {
            Live(1);
        }

        Assert.True(_node.IsReady, "the node does not come to rest");
        _record.End("daily reboot", true);
        EndBoot(wasCut: false);
    }

    /// <summary>A day offline in which the power is cut within a write to flash.</summary>
    public void DayWithPowerCut()
    {
        Live(_random.NextInt64(3600, DaySeconds));
        Flash.StepsLeft = _random.Next(6000);
        while (!Flash.IsOff)
        {
            Live(1);
        }

        Flash.PowerUp();
        EndBoot(wasCut: true);
    }

    /// <summary>The broker is back: runs until everything has been brought over.</summary>
    public void Reconnect()
    {
        Collector.IsReachable = true;
        for (int i = 0; i < 40 && (i < 2 || _node.Stored + _node.Outbox.Count > 0); i++)
        {
            Live(3600);
        }

        _node.Request("end");
        Live(600);
        Boots.Add(new BootTruth(_record.BootId, false, _radio.Windows));
    }

    private (TallyRadio, BootRecord, Node) Boot()
    {
        _clock.UptimeMs = 0;
        var radio = new TallyRadio(_random);
        var record = new BootRecord(Flash);
        record.Begin(1, _settings.WindowSeconds, _random);
        var parts = new NodeParts
        {
            Clock = _clock,
            Radio = radio,
            Health = new FakeHealth(),
            Transport = Collector,
            Probe = new FakeProbe(),
            Flash = Flash,
            Boot = record,
            BootId = record.BootId,
            Seed = _random.Next(),
        };
        return (radio, record, new Node(parts, _settings));
    }

    private void EndBoot(bool wasCut)
    {
        Boots.Add(new BootTruth(_record.BootId, wasCut, _radio.Windows));
        Kept = _node.Stored;
        Collector.Disconnect();
        (_radio, _record, _node) = Boot();
    }

    private void Live(long seconds)
    {
        long uplinkAt = 0;
        for (long end = _clock.UptimeMs + (seconds * 1000); _clock.UptimeMs < end && !Flash.IsOff; _clock.UptimeMs += 1000)
        {
            _node.SampleStep(_clock.UptimeMs);
            MostInRam = Math.Max(MostInRam, _node.Outbox.Count);
            if (_clock.UptimeMs >= uplinkAt)
            {
                uplinkAt = _clock.UptimeMs + _node.UplinkStep(_clock.UptimeMs);
            }
        }
    }
}
