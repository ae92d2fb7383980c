using GatewayAgent.Collector;
using GatewayAgent.Collector.Mqtt;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Support;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

/// <summary>A collector at a broker of its own.</summary>
public sealed class MqttReportSourceTests : IDisposable
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(60);

    private readonly TemporaryStore _store = new();
    private readonly MosquittoBroker _broker = MosquittoBroker.Start(new MosquittoBrokerOptions { Persistent = true });
    private readonly SemaphoreSlim _connected = new(0);
    private readonly SemaphoreSlim _disconnected = new(0);

    public void Dispose()
    {
        _broker.Dispose();
        _store.Dispose();
    }

    [BrokerTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_report_goes_through_the_broker_into_the_store_and_its_acknowledgement_back(bool isVersion5)
    {
        using CollectorHost host = StartCollector(isVersion5: isVersion5);
        using var node = new Node(_broker);
        node.Send(Reports.Single(1));
        node.Send(Reports.Single(2));

        node.WaitForAcknowledgement(2);
        Assert.Equal(2, host.Counters.Stored);
    }

    [BrokerFact]
    public void A_shared_subscription_takes_reports_too()
    {
        using CollectorHost host = StartCollector(sharedGroup: "east");
        using var node = new Node(_broker);
        node.Send(Reports.Single(1));

        node.WaitForAcknowledgement(1);
    }

    [BrokerFact]
    public void States_from_before_its_time_reach_a_collector_that_shares()
    {
        using var node = new Node(_broker);
        node.SendState();
        using CollectorHost host = StartCollector(sharedGroup: "east");

        Assert.True(SpinWait.SpinUntil(() => host.Counters.States == 1, _longEnough));
    }

    [BrokerFact]
    public void What_comes_while_the_collector_is_away_waits_for_it_at_the_broker()
    {
        StartCollector().Dispose();
        using var node = new Node(_broker);
        node.Send(Reports.Single(1));
        using CollectorHost host = StartCollector();

        node.WaitForAcknowledgement(1);
    }

    [BrokerFact]
    public void A_collector_returns_to_a_broker_that_was_killed()
    {
        using CollectorHost host = StartCollector();
        _broker.Kill();
        Assert.True(_disconnected.Wait(_longEnough));
        _broker.Restart();
        Assert.True(_connected.Wait(_longEnough));
        using var node = new Node(_broker);
        node.Send(Reports.Single(1));

        node.WaitForAcknowledgement(1);
    }

    [BrokerFact]
    public void Without_a_broker_a_collector_stops_when_it_is_told_to()
    {
        _broker.Kill();
        using CollectorHost host = CollectorHost.Start(_store.Options, Source(null));
        Assert.True(_disconnected.Wait(_longEnough));
    }

    private CollectorHost StartCollector(string? sharedGroup = null, bool isVersion5 = false)
    {
        CollectorHost host = CollectorHost.Start(_store.Options, Source(sharedGroup, isVersion5));
        Assert.True(_connected.Wait(_longEnough), _broker.Log);
        return host;
    }

    private MqttReportSource Source(string? sharedGroup, bool isVersion5 = false) =>
        new(new MosquittoOptions { Host = _broker.Host, Port = _broker.Port, IsVersion5 = isVersion5 }, "test", sharedGroup, Tell);

    private void Tell(CollectorEvent e)
    {
        switch (e.Kind)
        {
            case CollectorEventKind.Connected:
                _connected.Release();
                break;
            case CollectorEventKind.Disconnected:
                _disconnected.Release();
                break;
        }
    }

    /// <summary>A node that sends reports and listens for acknowledgements.</summary>
    private sealed class Node : IDisposable
    {
        private readonly MosquittoClient _client;
        private readonly object _gate = new();
        private uint _acknowledged;

        public Node(MosquittoBroker broker)
        {
            _client = new MosquittoClient(new MosquittoOptions { Host = broker.Host, Port = broker.Port, ClientId = "node" });
            using var subscribed = new ManualResetEventSlim();
            _client.Subscribed += (_, _) => subscribed.Set();
            _client.MessageReceived += OnMessage;
            _client.Connect(_longEnough);
            _client.Subscribe("gw/v1/home/node/ack");
            Assert.True(subscribed.Wait(_longEnough));
        }

        public void Send(Report report) => _client.Publish("gw/v1/home/node/report", report.ToByteArray());

        public void SendState() =>
            _client.Publish("gw/v1/home/node/state", new State { Status = State.Types.Status.Online, BootId = 1 }.ToByteArray(), retain: true);

        public void WaitForAcknowledgement(uint sequence)
        {
            DateTime end = DateTime.UtcNow + _longEnough;
            lock (_gate)
            {
                while (_acknowledged < sequence)
                {
                    Assert.True(Monitor.Wait(_gate, end - DateTime.UtcNow is { Ticks: > 0 } left ? left : TimeSpan.Zero), $"{sequence} is not acknowledged");
                }
            }
        }

        public void Dispose() => _client.Dispose();

        private void OnMessage(MosquittoMessage message)
        {
            Ack ack = Ack.Parser.ParseFrom(message.Payload);
            lock (_gate)
            {
                _acknowledged = Math.Max(_acknowledged, ack.Sequence);
                Monitor.PulseAll(_gate);
            }
        }
    }
}
