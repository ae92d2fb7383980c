using System.Collections.Concurrent;
using GatewayAgent.Gw.Commands;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Flashing;

/// <summary>Hears a node's birth messages at its broker.</summary>
internal sealed class NodeBirth : IFirstBoot, IDisposable
{
    private static readonly TimeSpan _brokerPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _closePatience = TimeSpan.FromSeconds(3);

    /// <summary>A kept message comes at once after the subscription.</summary>
    private static readonly TimeSpan _keptPatience = TimeSpan.FromSeconds(2);

    private readonly MosquittoClient _client;
    private readonly NodeName _node;
    private readonly TimeSpan _patience;
    private readonly BlockingCollection<State> _births = [];

    private NodeBirth(MosquittoOptions broker, NodeName node, TimeSpan patience)
    {
        _node = node;
        _patience = patience;
        _client = new MosquittoClient(broker);
        _client.MessageReceived += message => Hear(message.Payload.ToArray());
    }

    /// <param name="broker">The node's broker.</param>
    /// <param name="node">Which node.</param>
    /// <param name="patience">How long it is waited for.</param>
    /// <exception cref="MosquittoException">Not reachable, or refused.</exception>
    public static NodeBirth Open(MosquittoOptions broker, NodeName node, TimeSpan patience)
    {
        var birth = new NodeBirth(broker, node, patience);
        try
        {
            birth._client.Connect(_brokerPatience);
            birth._client.Subscribe(node.Topic(Topics.State));
            return birth;
        }
        catch
        {
            birth.Dispose();
            throw;
        }
    }

    public uint? Now() => _births.TryTake(out State? kept, _keptPatience) ? kept.BootId : null;

    public string? Await(uint? before, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(_patience);
        try
        {
            State birth = _births.GetConsumingEnumerable(end.Token).First(birth => birth.Status == State.Types.Status.Online && birth.BootId != before);
            return $"{_node} is online: agent {birth.AgentVersion}, {(birth.RadioAbi == 0 ? "stock radio" : $"native radio V{birth.RadioAbi}")}, boot {birth.BootId:x8}";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _client.Disconnect(_closePatience);
        _client.Dispose();
    }

    private void Hear(byte[] payload)
    {
        if (PayloadReader.ReadState(payload).Message is { } state)
        {
            _births.Add(state);
        }
    }
}
