using System.Collections.Concurrent;
using GatewayAgent.Gw.Commands;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Control;

/// <summary>A connection to a broker over which one node is told something, and its answers are heard.</summary>
internal sealed class NodeControl : IDisposable
{
    private static readonly TimeSpan _brokerPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _closePatience = TimeSpan.FromSeconds(3);

    private readonly MosquittoClient _client;
    private readonly NodeName _node;
    private readonly BlockingCollection<(ControlAnswer Answer, bool IsRetained)> _answers = [];
    private readonly ManualResetEventSlim _subscribed = new();
    private readonly ManualResetEventSlim _published = new();
    private readonly ManualResetEventSlim _ended = new();
    private bool _isRefused;

    private NodeControl(MosquittoOptions broker, NodeName node)
    {
        _node = node;
        _client = new MosquittoClient(broker);
        _client.MessageReceived += message => Hear(message.Payload.ToArray(), message.Retain);
        _client.Subscribed += (_, granted) => Subscribed(granted);
        _client.Published += _ => _published.Set();
        _client.Disconnected += _ => _ended.Set();
    }

    /// <summary>Connects, and hears what the node answers on a topic.</summary>
    /// <exception cref="MosquittoException">Not reachable, refused, or the subscription refused.</exception>
    public static NodeControl Open(MosquittoOptions broker, NodeName node, string leaf)
    {
        var control = new NodeControl(broker, node);
        try
        {
            control._client.Connect(_brokerPatience);
            control._client.Subscribe(node.Topic(leaf));
            control.Await(control._subscribed, "no answer to the subscription");
            return control._isRefused
                ? throw new MosquittoException($"the broker does not let this user read {node.Topic(leaf)}")
                : control;
        }
        catch
        {
            control.Dispose();
            throw;
        }
    }

    /// <summary>Publishes, and waits for the broker's acknowledgement.</summary>
    public void Tell(string leaf, ReadOnlySpan<byte> payload, bool retain)
    {
        _published.Reset();
        _client.Publish(_node.Topic(leaf), payload, retain: retain);
        Await(_published, "the broker did not acknowledge");
    }

    /// <summary>Waits for an answer; null when none came in time.</summary>
    /// <param name="isIt">Is asked with each answer, and whether the broker had kept it.</param>
    /// <param name="patience">How long.</param>
    /// <param name="stop">Ends the waiting with <see cref="OperationCanceledException"/>.</param>
    public ControlAnswer? Await(Func<ControlAnswer, bool, bool> isIt, TimeSpan patience, CancellationToken stop)
    {
        DateTime end = DateTime.UtcNow + patience;
        while (DateTime.UtcNow < end)
        {
            // In slices, so that the end of the connection is noticed.
            if (_answers.TryTake(out (ControlAnswer Answer, bool IsRetained) heard, 200, stop))
            {
                if (isIt(heard.Answer, heard.IsRetained))
                {
                    return heard.Answer;
                }
            }
            else if (_ended.IsSet)
            {
                throw new MosquittoException("the connection to the broker was lost");
            }
        }

        return null;
    }

    public void Dispose()
    {
        _client.Disconnect(_closePatience);
        _client.Dispose();
    }

    private void Hear(byte[] payload, bool isRetained)
    {
        if (ControlAnswer.TryRead(payload, out ControlAnswer? answer, out _))
        {
            _answers.Add((answer, isRetained));
        }
    }

    private void Subscribed(int granted)
    {
        // 128 instead of a QoS: MQTT 3.1.1, 3.9.3.
        _isRefused = granted == 128;
        _subscribed.Set();
    }

    private void Await(ManualResetEventSlim what, string problem)
    {
        WaitHandle.WaitAny([what.WaitHandle, _ended.WaitHandle], _brokerPatience);
        if (!what.IsSet)
        {
            throw new MosquittoException(problem);
        }
    }
}
