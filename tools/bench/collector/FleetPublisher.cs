using GatewayAgent.Mosquitto;

namespace GatewayAgent.Bench.Collector;

/// <summary>A fleet behind one connection: publishes at QoS 1 with as many messages under way as the broker confirms in time.</summary>
internal sealed class FleetPublisher : IDisposable
{
    private const int UnderWay = 1000;

    private readonly SemaphoreSlim _room = new(UnderWay);
    private readonly MosquittoClient _client;
    private long _count;

    public FleetPublisher(MosquittoBroker broker)
    {
        _client = new MosquittoClient(new MosquittoOptions { Host = broker.Host, Port = broker.Port, MaximumInflight = UnderWay });
        _client.Published += _ => _room.Release();
        _client.Connect(TimeSpan.FromSeconds(10));
    }

    public void Publish(Fleet fleet) => fleet.Deliver((topic, payload) =>
    {
        _room.Wait();
        _client.Publish(topic, payload);
        Interlocked.Increment(ref _count);
    });

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _client.Dispose();
}
