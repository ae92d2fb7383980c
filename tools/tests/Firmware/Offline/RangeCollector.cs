using GatewayAgent.Control;
using GatewayAgent.Ports;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Tests.Firmware.Offline;

/// <summary>
/// A broker and a collector that may be out of reach. The collector keeps ranges by the rules of its README and acknowledges what is
/// contiguous or declared as never coming.
/// </summary>
internal sealed class RangeCollector(string ackTopic) : ITransport
{
    private readonly Dictionary<uint, uint> _floors = [];
    private int _packetId;
    private int _underWay;

    public bool IsReachable { get; set; }

    /// <summary>The broker loses what it has before the collector fetches it.</summary>
    public Func<bool> Loses { get; set; } = () => false;

    /// <summary>The collector's word gets through.</summary>
    public Func<bool> Speaks { get; set; } = () => true;

    /// <summary>Called before each publish; may throw, as a client may.</summary>
    public Action Before { get; set; } = () => { };

    /// <summary>Sees each report that the broker took and lost.</summary>
    public Action<Report> Lost { get; set; } = _ => { };

    /// <summary>The broker answers a publish at once; otherwise at <see cref="Answer"/>.</summary>
    public bool IsPrompt { get; set; } = true;

    /// <summary>Publishes while another was under way.</summary>
    public int Crowded { get; private set; }

    /// <summary>Sequences that came although they had been declared as never coming.</summary>
    public int Late { get; private set; }

    /// <summary>Reports by boot, each sequence in one of them.</summary>
    public Dictionary<uint, SortedDictionary<uint, Report>> Stored { get; } = [];

    public int Received { get; private set; }

    public int Duplicates { get; private set; }

    /// <summary>Reports that cut through what is stored: their sums cannot be taken apart.</summary>
    public int Overlaps { get; private set; }

    public bool IsConnected { get; private set; }

    public string LastError => "";

    public ITransportEvents? Events { get; set; }

    public IEnumerable<Report> Reports => Stored.Values.SelectMany(boot => boot.Values);

    public bool Connect(string willTopic, string willMessage)
    {
        Before();
        return IsConnected = IsReachable;
    }

    public bool Subscribe(string[] topics)
    {
        Events!.OnSubscribed(7);
        return true;
    }

    public void Use(AgentSettings settings)
    {
    }

    public int Publish(string topic, byte[] payload, bool retain)
    {
        if (!IsConnected)
        {
            return -1;
        }

        Before();
        Crowded += _underWay != 0 ? 1 : 0;
        _underWay = ++_packetId;
        if (IsPrompt)
        {
            Answer();
        }

        if (topic.EndsWith("/report", StringComparison.Ordinal))
        {
            Assert.InRange(payload.Length, 1, Limits.ReportBytes);
            Report report = Report.Parser.ParseFrom(payload);
            Assert.Empty(ReportValidator.Check(report).Problems);
            if (Loses())
            {
                Lost(report);
            }
            else
            {
                Take(report);
            }
        }

        return _packetId;
    }

    /// <summary>The broker answers what is under way.</summary>
    public void Answer()
    {
        if (_underWay != 0)
        {
            Events!.OnPublished(_underWay, true);
            _underWay = 0;
        }
    }

    public void Disconnect()
    {
        IsConnected = false;
        _underWay = 0;
    }

    private void Take(Report report)
    {
        Received++;
        SortedDictionary<uint, Report> boot = Stored.TryGetValue(report.BootId, out var known) ? known : Stored[report.BootId] = [];
        uint first = report.Sequence - report.Merged;
        List<Report> shared = [.. boot.Values.Where(other => other.Sequence >= first && other.Sequence - other.Merged <= report.Sequence)];
        long covered = shared.Sum(other => (long)Math.Min(other.Sequence, report.Sequence) - Math.Max(other.Sequence - other.Merged, first) + 1);
        if (covered == report.Merged + 1)
        {
            Duplicates++;
        }
        else if (report.Sequence < _floors.GetValueOrDefault(report.BootId, 1u))
        {
            Late++;
        }
        else if (shared.TrueForAll(other => other.Sequence <= report.Sequence && other.Sequence - other.Merged >= first))
        {
            shared.ForEach(other => boot.Remove(other.Sequence));
            boot[report.Sequence] = report;
        }
        else
        {
            Overlaps++;
        }

        Acknowledge(report.BootId, boot, first - report.Backlog);
    }

    private void Acknowledge(uint bootId, SortedDictionary<uint, Report> boot, uint declared)
    {
        uint floor = Math.Max(_floors.GetValueOrDefault(bootId, 1u), declared);
        foreach (Report stored in boot.Values)
        {
            floor = stored.Sequence - stored.Merged <= floor && stored.Sequence >= floor ? stored.Sequence + 1 : floor;
        }

        _floors[bootId] = floor;
        if (floor > 1 && Speaks())
        {
            Events!.OnMessage(ackTopic, new Ack { BootId = bootId, Sequence = floor - 1 }.ToByteArray());
        }
    }
}
