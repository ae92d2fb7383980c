using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Fleet;

namespace GatewayAgent.Gw.Fleet;

/// <summary>A whole fleet behind one connection to a broker, which must let it speak for every node.</summary>
internal sealed class BrokerLink : IFleetLink
{
    private const int UnderWay = 1000;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private readonly MosquittoClient _client;
    private readonly SemaphoreSlim _room = new(UnderWay);
    private volatile MosquittoEnd? _end;

    /// <param name="hear">Takes what the collector says to nodes: topic and payload, on a thread of its own.</param>
    /// <exception cref="MosquittoException">The broker cannot be reached, or refuses.</exception>
    public BrokerLink(MosquittoOptions options, FleetEar hear)
    {
        _client = new MosquittoClient(options with { MaximumInflight = UnderWay });
        try
        {
            using var subscribed = new ManualResetEventSlim();
            int granted = -1;
            _client.Subscribed += (_, qos) =>
            {
                granted = qos;
                subscribed.Set();
            };
            _client.Published += _ => _room.Release();
            _client.Disconnected += end => _end = end;
            _client.MessageReceived += message => hear(message.Topic, message.Payload);
            _client.Connect(_patience);
            _client.Subscribe(Topics.Filter(Topics.Ack));
            if (!subscribed.Wait(_patience) || granted > 2)
            {
                throw new GwException(ExitCode.Problem, "the broker lets nobody hear what collectors acknowledge: the fleet needs a user who may");
            }
        }
        catch
        {
            _client.Dispose();
            throw;
        }
    }

    public bool IsDrained => _room.CurrentCount == UnderWay;

    public void Send(FleetMessage message)
    {
        while (!_room.Wait(_patience))
        {
            ThrowIfBroken();
        }

        ThrowIfBroken();
        _client.Publish(Topics.Format(message.Home, message.Node, message.Leaf), message.Payload, retain: message.IsRetained);
    }

    public void ThrowIfBroken()
    {
        if (_end is { } end)
        {
            throw new GwException(ExitCode.Problem, $"the broker has ended the connection: {end.Reason}. Start it, and the fleet again");
        }
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>Takes what a collector says to a node.</summary>
internal delegate void FleetEar(string topic, ReadOnlySpan<byte> payload);
