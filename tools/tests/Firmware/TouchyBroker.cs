using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Ports;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Tests.Firmware;

/// <summary>A broker and a collector that never fail; the thread that calls them may, before and after each call has had its effect.</summary>
internal sealed class TouchyBroker(KilledNode node, FakeClock clock) : ITransport
{
    public const uint BootId = 1;
    private const int AckPeriodMs = 20_000;

    private readonly Dictionary<uint, Report> _stored = [];
    private uint _floor = 1;
    private long _ackAt;
    private int _packetId;

    /// <summary>Reports by sequence, each once.</summary>
    public IReadOnlyDictionary<uint, Report> Stored => _stored;

    public int Duplicates { get; private set; }

    public int Connects { get; private set; }

    public bool IsConnected { get; private set; }

    public string LastError => "";

    public ITransportEvents? Events { get; set; }

    public bool Connect(string willTopic, string willMessage)
    {
        node.Touch();
        IsConnected = true;
        Connects++;
        node.Touch();
        return true;
    }

    public int Publish(string topic, byte[] payload, bool retain)
    {
        node.Touch();
        int id = ++_packetId;
        if (topic.EndsWith("/report", StringComparison.Ordinal))
        {
            Store(Report.Parser.ParseFrom(payload));
        }

        Events!.OnPublished(id, true);
        node.Touch();
        return id;
    }

    public bool Subscribe(string[] topics)
    {
        node.Touch();
        Events!.OnSubscribed(7);
        return true;
    }

    public void Use(AgentSettings settings)
    {
    }

    public void Disconnect()
    {
        node.Touch();
        IsConnected = false;
    }

    /// <summary>Lets the collector acknowledge what it has.</summary>
    public void Tick()
    {
        if (clock.UptimeMs >= _ackAt && IsConnected && _floor > 1)
        {
            _ackAt = clock.UptimeMs + AckPeriodMs;
            Events!.OnMessage("gw/v1/h/n/ack", new Ack { BootId = BootId, Sequence = _floor - 1 }.ToByteArray());
        }
    }

    private void Store(Report report)
    {
        Duplicates += _stored.ContainsKey(report.Sequence) ? 1 : 0;
        _stored[report.Sequence] = report;
        _floor = Math.Max(_floor, report.Sequence - report.Merged - report.Backlog);
        while (_stored.ContainsKey(_floor))
        {
            _floor++;
        }
    }
}
