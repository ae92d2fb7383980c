using GatewayAgent.Collector;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

/// <summary>A source in memory: the test delivers, and waits for acknowledgements.</summary>
internal sealed class FakeSource : IReportSource
{
    private readonly object _gate = new();
    private readonly List<(string Topic, Ack Ack)> _published = [];
    private MessageReceiver? _receive;

    /// <summary>Called with each acknowledgement before it counts as published.</summary>
    public Action<Ack>? Publishing { get; init; }

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<(string Topic, Ack Ack)> Published
    {
        get
        {
            lock (_gate)
            {
                return [.. _published];
            }
        }
    }

    public void Start(MessageReceiver receive) => _receive = receive;

    public void Deliver(Report report) => Deliver("gw/v1/home/node/report", report.ToByteArray());

    public void Deliver(string topic, byte[] payload) => _receive!(topic, payload);

    public bool Publish(string topic, byte[] payload)
    {
        Ack ack = Ack.Parser.ParseFrom(payload);
        Publishing?.Invoke(ack);
        lock (_gate)
        {
            _published.Add((topic, ack));
            Monitor.PulseAll(_gate);
        }

        return true;
    }

    /// <summary>Waits until a sequence is acknowledged; fails after half a minute.</summary>
    public void WaitForAcknowledgement(uint sequence)
    {
        DateTime end = DateTime.UtcNow.AddSeconds(30);
        lock (_gate)
        {
            while (!_published.Exists(published => published.Ack.Sequence >= sequence))
            {
                Assert.True(Monitor.Wait(_gate, end - DateTime.UtcNow is { Ticks: > 0 } left ? left : TimeSpan.Zero), $"{sequence} is not acknowledged");
            }
        }
    }

    public void Dispose() => IsDisposed = true;
}
