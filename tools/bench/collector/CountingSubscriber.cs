using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Bench.Collector;

/// <summary>Takes the same messages from a broker and does nothing but count: the most that any collector could reach there.</summary>
internal sealed class CountingSubscriber : IDisposable
{
    private readonly MosquittoClient _client;
    private readonly CountdownEvent _missing;

    public CountingSubscriber(MosquittoBroker broker, int messages)
    {
        _missing = new CountdownEvent(messages);
        _client = new MosquittoClient(new MosquittoOptions { Host = broker.Host, Port = broker.Port });
        using var subscribed = new ManualResetEventSlim();
        _client.Subscribed += (_, _) => subscribed.Set();
        _client.MessageReceived += _ => _missing.Signal();
        _client.Connect(TimeSpan.FromSeconds(10));
        _client.Subscribe(Topics.Filter(Topics.Report));
        subscribed.Wait();
    }

    public long Count => _missing.InitialCount - _missing.CurrentCount;

    public void WaitForAll() => _missing.Wait();

    public void Dispose() => _client.Dispose();
}
