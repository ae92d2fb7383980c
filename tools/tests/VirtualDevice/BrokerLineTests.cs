using GatewayAgent.Control;
using GatewayAgent.Ports;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>What a node with a fast clock learns of a network that is real.</summary>
public sealed class BrokerLineTests
{
    [Fact]
    public void A_round_trip_takes_as_long_as_it_takes_however_fast_the_clock_goes()
    {
        const int Hour = 3_600_000;
        var clock = new VirtualClock(bootTime: 0, new Pace(1e9));
        clock.RunFromThisThread();
        var client = new LateClient();
        var node = new Node(clock);
        var line = new BrokerLine(client, () => true, clock) { Events = node };
        long sentAt = clock.UptimeMs;
        line.Publish("topic", [1], retain: false);
        Assert.True(clock.AdvanceTo(Hour, CancellationToken.None));
        client.Answer();
        Assert.InRange(node.AnsweredAt - sentAt, 0, Hour - 1);
        Assert.Equal(Hour, clock.UptimeMs);
    }

    /// <summary>Answers on a thread of its own, when it is told to.</summary>
    private sealed class LateClient : ITransport
    {
        public bool IsConnected => true;

        public string LastError => "";

        public ITransportEvents? Events { get; set; }

        public void Answer()
        {
            var thread = new Thread(() => Events!.OnPublished(1, acknowledged: true));
            thread.Start();
            thread.Join();
        }

        public bool Connect(string willTopic, string willMessage) => true;

        public int Publish(string topic, byte[] payload, bool retain) => 1;

        public bool Subscribe(string[] topics) => true;

        public void Disconnect()
        {
        }

        public void Use(AgentSettings settings)
        {
        }
    }

    private sealed class Node(VirtualClock clock) : ITransportEvents
    {
        public long AnsweredAt { get; private set; }

        public void OnSubscribed(int granted)
        {
        }

        public void OnPublished(int packetId, bool acknowledged) => AnsweredAt = clock.UptimeMs;

        public void OnMessage(string topic, byte[] payload)
        {
        }
    }
}
