using GatewayAgent.Collector;
using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Fleet;

namespace GatewayAgent.Gw.Fleet;

/// <summary>Straight into a collector in this process, without a broker: its clock is that of the homes.</summary>
internal sealed class StoreLink : IFleetLink
{
    private readonly FleetSource _source;
    private readonly HomeTime _time = new();
    private readonly CollectorHost _collector;
    private long _sent;
    private readonly long _before;

    /// <exception cref="Collector.Store.CollectorStoreException">The store cannot be used.</exception>
    public StoreLink(string store, FleetEar hear, Action<CollectorEvent> log)
    {
        _source = new FleetSource(hear);

        // The homes wait for each batch: nothing more would come meanwhile.
        var options = new CollectorOptions { Database = store, Linger = TimeSpan.Zero };
        _collector = CollectorHost.Start(options, _source, log, _time);
        _before = _collector.Counters.Received;
    }

    public bool IsDrained => _collector.Counters.Received - _before == _sent;

    public void Send(FleetMessage message)
    {
        _time.Ms = message.AtMs;
        _source.Deliver(Topics.Format(message.Home, message.Node, message.Leaf), message.Payload);
        _sent++;
    }

    public void ThrowIfBroken()
    {
        if (_collector.Completion.IsFaulted)
        {
            _collector.Completion.GetAwaiter().GetResult();
        }
    }

    public void Dispose() => _collector.Dispose();

    private sealed class FleetSource(FleetEar hear) : IReportSource
    {
        private MessageReceiver? _receive;

        public void Start(MessageReceiver receive) => _receive = receive;

        public void Deliver(string topic, byte[] payload) => _receive!(topic, payload);

        public bool Publish(string topic, byte[] payload)
        {
            hear(topic, payload);
            return true;
        }

        public void Dispose()
        {
        }
    }

    /// <summary>What the collector takes for now. Pauses are those of the machine.</summary>
    private sealed class HomeTime : TimeProvider
    {
        private long _ms;

        public long Ms
        {
            set => Interlocked.Exchange(ref _ms, Math.Max(_ms, value));
        }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _ms));
    }
}
