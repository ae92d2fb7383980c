using GatewayAgent.Collector;
using GatewayAgent.Collector.Mqtt;
using GatewayAgent.Collector.Store;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Collector;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.NanoHost;

/// <summary>
/// The whole way with nothing replaced but the radio: agent, its MQTT adapter, the device's client over libmosquitto, a broker in trouble,
/// the collector. Whatever the broker does, each report is stored once.
/// </summary>
public sealed class TroubledBrokerTests : IDisposable
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(60);

    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [BrokerFact]
    public void A_broker_that_stands_still_for_a_moment_gets_everything()
    {
        using var broker = MosquittoBroker.Start();
        using CollectorHost collector = Collect(broker);
        using var node = new NodeAtBroker(broker);
        node.Report(1);
        node.RunUplinkUntil(() => node.Node.Outbox.Count == 0);
        broker.Suspend();
        node.Report(4);
        node.RunUplinkUntil(() => node.Node.Outbox.SentCount == 1);
        broker.Resume();

        node.Drain();
        AssertStoredOnce(5);
    }

    [BrokerFact]
    public void A_broker_that_stands_still_for_long_is_left_and_met_again()
    {
        using var broker = MosquittoBroker.Start();
        using CollectorHost collector = Collect(broker);
        using var node = new NodeAtBroker(broker);
        node.RunUplinkUntil(() => node.Node.IsOnline);
        broker.Suspend();
        node.Report(6);
        node.RunUplinkUntil(() => !node.Node.IsOnline);
        broker.Resume();

        node.Drain();
        AssertStoredOnce(6);
    }

    [BrokerFact]
    public void A_broker_that_refuses_the_password_is_asked_again()
    {
        using var broker = MosquittoBroker.Start(new MosquittoBrokerOptions
        {
            Users = [BrokerUser.Node("home", "node", "right"), BrokerUser.Collector("collector", "secret")],
        });
        using CollectorHost collector = Collect(broker, "collector", "secret");
        using var node = new NodeAtBroker(broker, "wrong");
        node.Report(3);
        node.RunUplinkUntil(() => node.LastError.Length > 0);
        Assert.Contains("refused by the broker: not authorised", node.LastError, StringComparison.Ordinal);
        Assert.Equal((false, 3), (node.Node.IsOnline, node.Node.Outbox.Count));
        Assert.DoesNotContain("wrong", node.LastError, StringComparison.Ordinal);
        node.Settings.BrokerPassword = "right";

        node.Drain();
        AssertStoredOnce(3);
    }

    [BrokerFact]
    public void A_broker_that_dies_with_what_the_collector_has_not_fetched_is_told_again()
    {
        using var broker = MosquittoBroker.Start();
        Collect(broker).Dispose();
        using var node = new NodeAtBroker(broker);
        node.Report(6);
        SendAll(node);
        broker.Kill();
        node.RunUplinkUntil(() => !node.Node.IsOnline);
        broker.Restart();
        using CollectorHost collector = Collect(broker);

        node.Drain();
        AssertStoredOnce(6);
    }

    [BrokerFact]
    public void A_broker_that_drops_what_does_not_fit_its_queue_is_told_again()
    {
        using var broker = MosquittoBroker.Start(new MosquittoBrokerOptions { MaximumQueued = 2 });
        Collect(broker).Dispose();
        using var node = new NodeAtBroker(broker);
        node.Report(12);
        SendAll(node);
        using CollectorHost collector = Collect(broker);

        node.Drain();
        AssertStoredOnce(12);
    }

    /// <summary>Until the broker has acknowledged every report.</summary>
    private static void SendAll(NodeAtBroker node) =>
        node.RunUplinkUntil(() => node.Node.IsOnline && node.Node.Outbox.WaitingCount + node.Node.Outbox.SentCount == 0);

    private CollectorHost Collect(MosquittoBroker broker, string? user = null, string? password = null)
    {
        using var connected = new ManualResetEventSlim();
        var options = new MosquittoOptions { Host = broker.Host, Port = broker.Port, UserName = user, Password = password };
        var source = new MqttReportSource(options, "test", log: e => SetWhenConnected(connected, e));
        CollectorHost host = CollectorHost.Start(_store.Options, source);
        Assert.True(connected.Wait(_longEnough), broker.Log);
        return host;
    }

    private static void SetWhenConnected(ManualResetEventSlim connected, CollectorEvent e)
    {
        if (e.Kind == CollectorEventKind.Connected)
        {
            connected.Set();
        }
    }

    private void AssertStoredOnce(uint last)
    {
        Assert.Equal(Enumerable.Range(1, (int)last).Select(i => ((uint)i, (uint)i)), _store.Ranges().Order());
        using CollectorStore store = _store.Read();
        Assert.Equal((last, 0), (store.ReportCount(), store.MissingSequences()));
    }
}
