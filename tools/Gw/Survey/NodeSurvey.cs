using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayAgent.Gw.Commands;
using GatewayAgent.Gw.Control;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Survey;

/// <summary>The map of a real node: its birth message, which the broker keeps, and its reports as they come.</summary>
internal sealed class NodeSurvey : IDisposable
{
    private static readonly TimeSpan _brokerPatience = TimeSpan.FromSeconds(15);
    // A window whose channels do not fit in one report comes as several, one after another.
    private static readonly TimeSpan _parts = TimeSpan.FromSeconds(2);
    // What the broker keeps it sends right after the subscription.
    private static readonly TimeSpan _birthPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _slice = TimeSpan.FromMilliseconds(200);

    private readonly SurveyRequest _request;
    private readonly MosquittoClient _client;
    private readonly BlockingCollection<(string Topic, byte[] Payload)> _messages = [];
    private readonly BlockingCollection<int> _granted = [];
    private readonly ManualResetEventSlim _ended = new();
    private readonly ChannelMap _map = new(isSum: false);
    private State? _state;
    private int? _lastWindow;

    private NodeSurvey(SurveyRequest request)
    {
        _request = request;
        _lastWindow = request.IsNow ? null : request.Windows;
        _client = new MosquittoClient(request.Broker!);
        _client.MessageReceived += message => _messages.Add((message.Topic, message.Payload.ToArray()));
        _client.Subscribed += (_, granted) => _granted.Add(granted);
        _client.Disconnected += _ => _ended.Set();
    }

    private NodeName Node => _request.Node!;

    private bool IsEnough => _map.IsStock || _map.Windows >= _lastWindow;

    /// <summary>Listens until enough windows have come, the patience is over, or it is stopped.</summary>
    /// <exception cref="MosquittoException">Not reachable, refused, or the connection was lost.</exception>
    public static void Listen(SurveyRequest request, Action<ChannelMap> show, CancellationToken stop)
    {
        using var survey = new NodeSurvey(request);
        survey._client.Connect(_brokerPatience);
        survey.Subscribe(Topics.State);
        survey.Subscribe(Topics.Report);
        survey.HearState(show, stop);
        if (request.IsNow && !survey._map.IsStock)
        {
            survey.AskNow(show, stop);
        }

        survey.Hear(show, stop);
    }

    public void Dispose()
    {
        _client.Disconnect(TimeSpan.FromSeconds(3));
        _client.Dispose();
    }

    private void Subscribe(string leaf)
    {
        // 128 instead of a QoS: MQTT 3.1.1, 3.9.3.
        _client.Subscribe(Node.Topic(leaf));
        if (!_granted.TryTake(out int granted, _brokerPatience) || granted == 128)
        {
            throw new MosquittoException($"the broker does not let this user read {Node.Topic(leaf)}");
        }
    }

    // Before a long wait: is there such a node at all?
    private void HearState(Action<ChannelMap> show, CancellationToken stop)
    {
        DateTime until = DateTime.UtcNow + _birthPatience;
        while (_state == null && !IsEnough && DateTime.UtcNow < until && !stop.IsCancellationRequested)
        {
            TakeNext(show);
        }

        if (IsEnough)
        {
            return;
        }

        if (_state == null)
        {
            Console.Error.WriteLine($"gw: {Node}: the broker keeps no state of such a node, or this user may not read it; waiting for a report");
        }
        else if (_state.Status != State.Types.Status.Online)
        {
            Console.Error.WriteLine($"gw: {Node} is offline; waiting for a report");
        }
    }

    // A window that ends during the round holds the channels visited until then: all of them are one map.
    private void AskNow(Action<ChannelMap> show, CancellationToken stop)
    {
        using NodeControl control = NodeControl.Open(_request.Broker!, Node, Topics.CommandResult);
        Tell(control, "survey-now", stop);
        Console.Error.WriteLine($"gw: {Node} visits all channels; {_request.Round.TotalSeconds:0} s");
        DateTime end = DateTime.UtcNow + _request.Round;
        while (DateTime.UtcNow < end)
        {
            stop.ThrowIfCancellationRequested();
            TakeNext(show);
        }

        _lastWindow = _map.Windows + _request.Windows;
        Tell(control, "report-now", stop);
    }

    private void Tell(NodeControl control, string command, CancellationToken stop)
    {
        string id = $"gw-{Guid.NewGuid():N}"[..16];
        long expires = (DateTimeOffset.UtcNow + _request.Patience).ToUnixTimeSeconds();
        control.Tell(
            Topics.Command, JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["cmd"] = command, ["expires"] = expires }), retain: false);
        ControlAnswer answer = control.Await((given, _) => given.Id == id, _request.Patience, stop)
            ?? throw new GwException(ExitCode.Problem, $"{Node}: no answer within {_request.Patience.TotalSeconds:0} s; the command has expired");
        if (!answer.IsGood)
        {
            throw new GwException(ExitCode.Problem, $"{Node}: {answer}");
        }
    }

    private void Hear(Action<ChannelMap> show, CancellationToken stop)
    {
        DateTime until = DateTime.UtcNow + _request.Patience;
        DateTime? end = null;
        while (!stop.IsCancellationRequested && !_map.IsStock && (end == null || DateTime.UtcNow < end))
        {
            end ??= IsEnough ? DateTime.UtcNow + _parts : null;
            if (TakeNext(show))
            {
                until = DateTime.UtcNow + _request.Patience;
            }
            else if (!IsEnough)
            {
                ThrowIfInVain(until);
            }
        }
    }

    // False when nothing came for a moment, or nothing of use.
    private bool TakeNext(Action<ChannelMap> show)
    {
        if (!_messages.TryTake(out (string Topic, byte[] Payload) message, _slice) || !Take(message.Topic, message.Payload))
        {
            return false;
        }

        show(_map);
        return true;
    }

    private void ThrowIfInVain(DateTime until)
    {
        if (_ended.IsSet)
        {
            throw new MosquittoException("the connection to the broker was lost");
        }

        if (DateTime.UtcNow >= until)
        {
            throw new GwException(ExitCode.Problem, $"{Node}: no report within {_request.Patience.TotalSeconds:0} s. Is it online, and may this user read {Node.Topic(Topics.Report)}?");
        }
    }

    // What was kept while the node was out of reach says how the channels were, not how they are; and the window after the last is not asked for.
    private bool Take(string topic, byte[] payload)
    {
        if (topic == Node.Topic(Topics.State))
        {
            if (PayloadReader.ReadState(payload) is { IsSound: true, Message: { } state })
            {
                _state = state;
                _map.Add(state);
            }

            // There will never be more to show of a stock image.
            return _map.IsStock;
        }

        ReportReading reading = PayloadReader.ReadReport(payload);
        if (!reading.IsSound)
        {
            Console.Error.WriteLine($"gw: {Node}: not a sound report: {reading.Reason}");
            return false;
        }

        if (reading.Message!.Replayed || (IsEnough && reading.Message.Part == 0))
        {
            return false;
        }

        _map.Add(reading);
        return true;
    }
}
