using GatewayAgent.Control;
using GatewayAgent.Ports;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Gw.Survey;

/// <summary>
/// In place of a broker and a collector for a virtual node: hands its reports on and acknowledges them, in the order they come, which is
/// without gaps as long as every one is taken.
/// </summary>
internal sealed class ReportEar(Action<ReportReading> hear) : ITransport
{
    private const int MaxPacketId = 65535;

    private string _ackTopic = "";
    private int _packets;

    public bool IsConnected { get; private set; }

    public string LastError => "";

    public ITransportEvents? Events { get; set; }

    public bool Connect(string willTopic, string willMessage) => IsConnected = true;

    public bool Subscribe(string[] topics)
    {
        _ackTopic = topics[0];
        Events!.OnSubscribed(int.MaxValue);
        return true;
    }

    public int Publish(string topic, byte[] payload, bool retain)
    {
        int id = (_packets++ % MaxPacketId) + 1;
        Events!.OnPublished(id, true);
        if (topic.EndsWith($"/{Topics.Report}", StringComparison.Ordinal) && PayloadReader.ReadReport(payload) is { IsSound: true } reading)
        {
            hear(reading);
            Events.OnMessage(_ackTopic, new Ack { BootId = reading.Message!.BootId, Sequence = reading.Message.Sequence }.ToByteArray());
        }

        return id;
    }

    public void Disconnect() => IsConnected = false;

    public void Use(AgentSettings settings)
    {
    }
}
