using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Support;
using Google.Protobuf;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>The least a collector can be: remembers every report that comes through a real broker, and acknowledges it.</summary>
internal sealed class AckingCollector : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly MosquittoBroker _broker;
    private readonly List<(string Topic, Report Report)> _received = [];
    private readonly Dictionary<string, CumulativeAcks> _acks = [];
    private MosquittoClient _client;

    public AckingCollector(MosquittoBroker broker)
    {
        _broker = broker;
        _client = Connect();
    }

    /// <summary>Sequences of a node in the order in which they came first, and how many came again.</summary>
    public (List<uint> Sequences, int Repeated) Of(string node)
    {
        lock (_received)
        {
            List<uint> all = [.. _received.Where(r => r.Topic.Contains($"/{node}/", StringComparison.Ordinal)).Select(r => r.Report.Sequence)];
            List<uint> distinct = [.. all.Distinct()];
            return (distinct, all.Count - distinct.Count);
        }
    }

    /// <summary>Once the broker is back.</summary>
    public void Reconnect()
    {
        _client.Dispose();
        _client = Connect();
    }

    public void Dispose() => _client.Dispose();

    private MosquittoClient Connect()
    {
        var client = new MosquittoClient(new MosquittoOptions { Host = _broker.Host, Port = _broker.Port });
        using var subscribed = new ManualResetEventSlim();
        client.Subscribed += (_, _) => subscribed.Set();
        client.MessageReceived += message => Take(client, message.Topic, Report.Parser.ParseFrom(message.Payload));
        client.Connect(_patience);
        client.Subscribe("gw/v1/+/+/report");
        Assert.True(subscribed.Wait(_patience));
        return client;
    }

    private void Take(MosquittoClient client, string topic, Report report)
    {
        Ack? ack;
        lock (_received)
        {
            _received.Add((topic, report));
            CumulativeAcks acks = _acks.TryGetValue(topic, out CumulativeAcks? known) ? known : _acks[topic] = new CumulativeAcks();
            ack = acks.Take(report);
        }

        if (ack != null)
        {
            client.Publish(topic.Replace("/report", "/ack", StringComparison.Ordinal), ack.ToByteArray());
        }
    }
}
