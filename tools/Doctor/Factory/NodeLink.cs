using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Factory;

/// <summary>A node at its broker, told what to do and heard. One thread uses it.</summary>
internal sealed class NodeLink : IDisposable
{
    private const int FirstRefusal = 128, IdLength = 16;
    private static readonly TimeSpan _slice = TimeSpan.FromMilliseconds(200), _close = TimeSpan.FromSeconds(2);

    private readonly MosquittoClient _client;
    private readonly (string Home, string Node) _name;
    private readonly BlockingCollection<(string Leaf, byte[] Payload)> _messages = [];
    private readonly BlockingCollection<int> _granted = [];

    private NodeLink(MosquittoOptions broker, (string Home, string Node) name)
    {
        _name = name;
        _client = new MosquittoClient(broker);
        _client.Subscribed += (_, granted) => _granted.Add(granted);
        _client.MessageReceived += message =>
        {
            if (Topics.TryParse(message.Topic, out NodeTopic topic, out _))
            {
                _messages.Add((topic.Leaf, message.Payload.ToArray()));
            }
        };
    }

    /// <summary>What the node said last of itself; null = nothing yet.</summary>
    public State? State { get; private set; }

    /// <summary>The newest report that is not of the past; null = none yet.</summary>
    public Report? Report { get; private set; }

    public ControlAnswer? Answer { get; private set; }

    /// <exception cref="MosquittoException">Not reachable, refused, or a subscription refused.</exception>
    public static NodeLink Open(MosquittoOptions broker, (string Home, string Node) name, TimeSpan patience)
    {
        var link = new NodeLink(broker, name);
        try
        {
            link._client.Connect(patience);
            foreach (string leaf in new[] { Topics.State, Topics.Report, Topics.CommandResult })
            {
                link._client.Subscribe(link.Topic(leaf));
                if (!link._granted.TryTake(out int granted, patience) || granted >= FirstRefusal)
                {
                    throw new MosquittoException($"the broker does not let this user read {link.Topic(leaf)}");
                }
            }

            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Takes messages until something is so.</summary>
    /// <returns>False when it did not come to be in time.</returns>
    public bool WaitFor(Func<bool> isSo, TimeSpan patience, CancellationToken stop)
    {
        for (var watch = Stopwatch.StartNew(); !isSo();)
        {
            TimeSpan left = patience - watch.Elapsed;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            if (_messages.TryTake(out (string Leaf, byte[] Payload) message, (int)Math.Min(left.TotalMilliseconds, _slice.TotalMilliseconds), stop))
            {
                Take(message.Leaf, message.Payload);
            }
        }

        return true;
    }

    /// <summary>Gives a command, and waits for its answer.</summary>
    /// <returns>Null when it is carried out, or why not.</returns>
    public string? Tell(string command, TimeSpan patience, CancellationToken stop, params (string Name, JsonNode Value)[] more)
    {
        string id = $"factory-{Guid.NewGuid():N}"[..IdLength];
        var request = new JsonObject { ["id"] = id, ["cmd"] = command, ["expires"] = (DateTimeOffset.UtcNow + patience).ToUnixTimeSeconds() };
        foreach ((string name, JsonNode value) in more)
        {
            request[name] = value;
        }

        _client.Publish(Topic(Topics.Command), JsonSerializer.SerializeToUtf8Bytes(request));
        return !WaitFor(() => Answer?.Id == id, patience, stop) ? $"no answer to {command} within {patience.TotalSeconds:0} s"
            : Answer!.IsGood ? null
            : Answer.ToString();
    }

    /// <summary>Has the node report now, and waits for it.</summary>
    public string? AskReport(TimeSpan patience, CancellationToken stop)
    {
        Report = null;
        return Tell("report-now", patience, stop) ?? (WaitFor(() => Report != null, patience, stop) ? null : $"no report within {patience.TotalSeconds:0} s");
    }

    public void Dispose()
    {
        _client.Disconnect(_close);
        _client.Dispose();
    }

    private string Topic(string leaf) => Topics.Format(_name.Home, _name.Node, leaf);

    private void Take(string leaf, byte[] payload)
    {
        switch (leaf)
        {
            case Topics.State:
                State = PayloadReader.ReadState(payload).Message ?? State;
                break;
            case Topics.Report:
                Report = PayloadReader.ReadReport(payload) is { IsSound: true, Message: { Replayed: false } report } ? report : Report;
                break;
            case Topics.CommandResult:
                Answer = ControlAnswer.TryRead(payload, out ControlAnswer? answer, out _) ? answer : Answer;
                break;
        }
    }
}
