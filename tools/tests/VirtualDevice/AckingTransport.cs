using GatewayAgent.Control;
using GatewayAgent.Ports;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Support;
using Google.Protobuf;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>A broker and a collector in memory: acknowledges at once what it is given, while it is there.</summary>
internal sealed class AckingTransport : ITransport
{
    private string _ackTopic = "";
    private readonly CumulativeAcks _acks = new();
    private int _packetId;

    /// <summary>Reports in the order in which they came, also those that came again.</summary>
    public List<byte[]> Payloads { get; } = [];

    /// <summary>The broker can be reached.</summary>
    public bool IsThere { get; private set; } = true;

    /// <summary>The collector acknowledges.</summary>
    public bool Acknowledges { get; set; } = true;

    public int Connects { get; private set; }

    public bool IsConnected { get; private set; }

    public string LastError => IsThere ? "" : "not there";

    public ITransportEvents? Events { get; set; }

    public IEnumerable<ReportReading> Reports => Payloads.Select(payload => PayloadReader.ReadReport(payload));

    public void Kill()
    {
        IsThere = false;
        IsConnected = false;
    }

    public void Restore() => IsThere = true;

    public bool Connect(string willTopic, string willMessage)
    {
        Connects++;
        return IsConnected = IsThere;
    }

    public void Use(AgentSettings settings)
    {
    }

    public bool Subscribe(string[] topics)
    {
        _ackTopic = topics[0];
        Events!.OnSubscribed(int.MaxValue);
        return IsConnected;
    }

    public int Publish(string topic, byte[] payload, bool retain)
    {
        if (!IsConnected)
        {
            return -1;
        }

        int id = (_packetId++ % 65535) + 1;
        Events!.OnPublished(id, true);
        if (topic.EndsWith("/report", StringComparison.Ordinal))
        {
            Payloads.Add(payload);
            Acknowledge(Report.Parser.ParseFrom(payload));
        }

        return id;
    }

    public void Disconnect() => IsConnected = false;

    private void Acknowledge(Report report)
    {
        if (_acks.Take(report) is { } ack && Acknowledges)
        {
            Events!.OnMessage(_ackTopic, ack.ToByteArray());
        }
    }
}
