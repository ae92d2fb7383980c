using System.Collections.Concurrent;
using GatewayAgent.Gw.Commands;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Flashing;

/// <summary>Hears a node's birth messages at its broker. A connection for each time, for flashing takes minutes in between.</summary>
/// <param name="broker">The node's broker.</param>
/// <param name="node">Which node.</param>
internal sealed class NodeBirth(MosquittoOptions broker, NodeName node)
{
    private const int FirstRefusal = 128;

    private static readonly TimeSpan _brokerPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _closePatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(2);

    /// <summary>A kept message comes at once after the subscription.</summary>
    private static readonly TimeSpan _keptPatience = TimeSpan.FromSeconds(2);

    public string Name => $"{node} at {broker.Host}:{broker.Port}";

    /// <summary>The boot that the broker knows of now; null = none.</summary>
    /// <exception cref="MosquittoException">The broker is not reachable, or does not let this user in, or read of the node.</exception>
    public uint? Now()
    {
        using Connection connection = Connect();
        return connection.Births.TryTake(out State? kept, _keptPatience) ? kept.BootId : null;
    }

    /// <summary>Waits until the node is online with another boot than that; through times without a connection, too.</summary>
    /// <returns>Null when it did not come.</returns>
    public State? Await(uint? before, TimeSpan patience, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(patience);
        try
        {
            while (true)
            {
                if (TryHear(before, end.Token) is { } birth)
                {
                    return birth;
                }

                end.Token.WaitHandle.WaitOne(_again);
                end.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    // Null: the connection is over.
    private State? TryHear(uint? before, CancellationToken end)
    {
        try
        {
            using Connection connection = Connect();
            return connection.Births.GetConsumingEnumerable(end).FirstOrDefault(birth => birth.Status == State.Types.Status.Online && birth.BootId != before);
        }
        catch (MosquittoException)
        {
            return null;
        }
    }

    private Connection Connect()
    {
        var connection = new Connection(new MosquittoClient(broker));
        try
        {
            connection.Open(node.Topic(Topics.State));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What the broker says of the node, until the connection ends.</summary>
    private sealed class Connection : IDisposable
    {
        private readonly MosquittoClient _client;
        private readonly BlockingCollection<int> _granted = [];

        public Connection(MosquittoClient client)
        {
            _client = client;
            client.Subscribed += (_, granted) => _granted.Add(granted);
            client.Disconnected += _ => Births.CompleteAdding();
            client.MessageReceived += message =>
            {
                if (PayloadReader.ReadState(message.Payload.ToArray()).Message is { } state)
                {
                    Births.Add(state);
                }
            };
        }

        public BlockingCollection<State> Births { get; } = [];

        public void Open(string topic)
        {
            _client.Connect(_brokerPatience);
            _client.Subscribe(topic);
            if (!_granted.TryTake(out int granted, _brokerPatience) || granted >= FirstRefusal)
            {
                throw new MosquittoException($"the broker does not let this user read {topic}");
            }
        }

        public void Dispose()
        {
            _client.Disconnect(_closePatience);
            _client.Dispose();
        }
    }
}
