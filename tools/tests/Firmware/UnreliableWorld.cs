using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Ports;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Tests.Firmware;

/// <summary>
/// A broker and a collector that fail by seed: connections refused and cut, packets swallowed, acknowledgements lost, the broker's memory lost
/// before the collector has fetched it. The collector acknowledges as the contract says: contiguous, or declared as never coming.
/// </summary>
internal sealed class UnreliableWorld(Random random, FakeClock clock) : ITransport
{
    private const string AckTopic = "gw/v1/h/n/ack";

    private readonly Queue<byte[]> _atBroker = new();
    private readonly HashSet<uint> _stored = [];
    private readonly HashSet<uint> _sent = [];
    private uint _floor = 1;
    private int _packetId;

    /// <summary>Nothing fails any more.</summary>
    public bool IsHealed { get; set; }

    /// <summary>Sequences that the collector has, each counted once.</summary>
    public IReadOnlyCollection<uint> Stored => _stored;

    /// <summary>Sequences of the live reports in the order in which they came.</summary>
    public List<uint> LiveSends { get; } = [];

    /// <summary>Reports that came merged.</summary>
    public int Merged { get; private set; }

    /// <summary>Newest losses that a stored report stated.</summary>
    public GatewayAgent.Protocol.Losses Losses { get; private set; } = new();

    public int LargestPayload { get; private set; }

    public bool IsConnected { get; private set; }

    public string LastError => "";

    public ITransportEvents? Events { get; set; }

    public bool Connect(string willTopic, string willMessage)
    {
        clock.UptimeMs += Fails(0.2) ? random.Next(30_000) : 0;
        return IsConnected = !Fails(0.4);
    }

    public bool Subscribe(string[] topics)
    {
        if (!Fails(0.05))
        {
            Events!.OnSubscribed(Fails(0.05) ? 0 : 7);
        }

        return IsConnected;
    }

    public int Publish(string topic, byte[] payload, bool retain)
    {
        IsConnected &= !Fails(0.02);
        if (!IsConnected)
        {
            return -1;
        }

        int id = ++_packetId;
        if (topic.EndsWith("/report", StringComparison.Ordinal))
        {
            Take(payload);
        }

        if (!Fails(0.05))
        {
            Events!.OnPublished(id, !Fails(0.05));
        }

        return id;
    }

    public void Disconnect() => IsConnected = false;

    public void Use(AgentSettings settings)
    {
    }

    /// <summary>A second passes at the broker and the collector.</summary>
    public void Tick()
    {
        if (Fails(0.001))
        {
            _atBroker.Clear();
            IsConnected = false;
        }

        while (_atBroker.Count > 0 && !Fails(0.3))
        {
            Store(_atBroker.Dequeue());
        }

        if (IsConnected && _floor > 1 && !Fails(0.5))
        {
            Events!.OnMessage(AckTopic, new Ack { BootId = 1, Sequence = _floor - 1 }.ToByteArray());
        }
    }

    private bool Fails(double probability) => !IsHealed && random.NextDouble() < probability;

    // A swallowed packet never reaches the broker's memory.
    private void Take(byte[] payload)
    {
        LargestPayload = Math.Max(LargestPayload, payload.Length);
        Report report = Report.Parser.ParseFrom(payload);
        Assert.True(report.Replayed || _sent.Add(report.Sequence), $"{report.Sequence} was sent before and not marked as replayed");
        _sent.Add(report.Sequence);
        if (!report.Replayed)
        {
            LiveSends.Add(report.Sequence);
        }

        _atBroker.Enqueue(payload);
    }

    private void Store(byte[] payload)
    {
        Report report = Report.Parser.ParseFrom(payload);
        uint first = report.Sequence - report.Merged;
        for (uint sequence = first; sequence <= report.Sequence; sequence++)
        {
            _stored.Add(sequence);
        }

        Merged += report.Merged == 0 ? 0 : 1;
        _floor = Math.Max(_floor, first - report.Backlog);
        while (_stored.Contains(_floor))
        {
            _floor++;
        }

        if (report.Losses != null && report.Losses.Reports + report.Losses.Unconfirmed >= Losses.Reports + Losses.Unconfirmed)
        {
            Losses = report.Losses;
        }
    }
}
