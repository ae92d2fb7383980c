using System.Text;
using GatewayAgent.Control;
using GatewayAgent.Ports;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Tests.Security;

/// <summary>Keeps every byte that a node sends, topics and will included; acknowledges what it gets, but breaks off now and then.</summary>
internal sealed class HearsayTransport : ITransport
{
    private const int CallsUntilItFails = 7;

    private string _ackTopic = "";
    private int _packetId;

    public List<byte[]> Sent { get; } = [];

    public List<Report> Reports { get; } = [];

    public bool IsConnected { get; private set; }

    public string LastError => "";

    public ITransportEvents? Events { get; set; }

    public bool Connect(string willTopic, string willMessage)
    {
        Sent.Add(Encoding.UTF8.GetBytes(willTopic));
        Sent.Add(Encoding.UTF8.GetBytes(willMessage));
        return IsConnected = true;
    }

    public bool Subscribe(string[] topics)
    {
        Sent.AddRange(topics.Select(Encoding.UTF8.GetBytes));
        _ackTopic = topics.FirstOrDefault(topic => topic.EndsWith("/ack", StringComparison.Ordinal), _ackTopic);
        Events!.OnSubscribed(7);
        return IsConnected;
    }

    public void Use(AgentSettings settings)
    {
    }

    public int Publish(string topic, byte[] payload, bool retain)
    {
        if (++_packetId % CallsUntilItFails == 0)
        {
            IsConnected = false;
            return -1;
        }

        Sent.Add(Encoding.UTF8.GetBytes(topic));
        Sent.Add(payload);
        Events!.OnPublished(_packetId, true);
        if (topic.EndsWith("/report", StringComparison.Ordinal))
        {
            Report report = Report.Parser.ParseFrom(payload);
            Reports.Add(report);
            Events!.OnMessage(_ackTopic, new Ack { BootId = report.BootId, Sequence = report.Sequence }.ToByteArray());
        }

        return _packetId;
    }

    public void Disconnect() => IsConnected = false;
}
