using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Probes;

/// <summary>Listens to one node at its broker: what the broker keeps, and what comes.</summary>
internal sealed class NodeEar : IDisposable
{
    // Of a node's branch, one that nobody else uses: what is said there is said to oneself.
    private const string OwnLeaf = "doctor";
    private const int FirstRefusal = 128, NameLength = 16;

    // What the broker keeps it sends right after the subscription.
    private static readonly TimeSpan _retained = TimeSpan.FromSeconds(2), _slice = TimeSpan.FromMilliseconds(100), _close = TimeSpan.FromSeconds(2);

    // A window that is closed on demand, and the uplink's turn.
    private static readonly TimeSpan _answer = TimeSpan.FromSeconds(30);

    private readonly MosquittoClient _client;
    private readonly MosquittoOptions _options;
    private readonly (string Home, string Node) _name;
    private readonly DoctorRequest _request;
    private readonly BlockingCollection<(int Id, int Granted)> _granted = [];
    private readonly BlockingCollection<(int Id, int Reason)> _published = [];
    private readonly BlockingCollection<(string Topic, byte[] Payload)> _messages = [];
    private readonly HashSet<uint> _boots = [];
    private readonly Dictionary<string, bool> _neighbours = [];
    private readonly List<(DateTimeOffset, ReportReading)> _reports = [];
    private NodeTalk _talk = new();
    private string? _question;

    private NodeEar(MosquittoOptions options, (string Home, string Node) name, DoctorRequest request)
    {
        _options = options;
        _name = name;
        _request = request;
        _client = new MosquittoClient(options with { ClientId = $"doctor-{Guid.NewGuid():N}"[..NameLength] });
        _client.Subscribed += (id, granted) => _granted.Add((id, granted));
        _client.PublishAnswered += (id, reason) => _published.Add((id, reason));
        _client.MessageReceived += message => _messages.Add((message.Topic, message.Payload.ToArray()));
    }

    /// <param name="isNode">The credentials are the node's own: whether it may use its branch is tried.</param>
    /// <param name="name">Null: only whether the broker lets us in.</param>
    /// <exception cref="MosquittoException">It does not.</exception>
    public static NodeTalk Listen(MosquittoOptions options, bool isNode, (string Home, string Node)? name, DoctorRequest request, CancellationToken cancel)
    {
        using var ear = new NodeEar(options, name ?? default, request);
        ear._client.Connect(request.Patience);
        if (name == null)
        {
            return ear._talk;
        }

        ear.Subscribe();
        if (isNode)
        {
            ear.TryBranch(cancel);
        }

        // With the node's own files and with others: only one of them asks.
        if (request.Ask && isNode == (request.Broker == null))
        {
            ear.Ask();
        }

        return ear.Hear(cancel);
    }

    public void Dispose()
    {
        _client.Disconnect(_close);
        _client.Dispose();
    }

    private string Topic(string leaf) => Topics.Format(_name.Home, _name.Node, leaf);

    private void Subscribe()
    {
        string[] leaves = [Topics.State, Topics.ConfigState, Topics.Report, Topics.CommandResult];
        _talk = _talk with { Refused = [.. leaves.Where(leaf => !IsGranted(Topic(leaf)))] };

        // Whoever may not read these is none the worse.
        IsGranted(Topic(Topics.Config));
        IsGranted($"gw/v1/{_name.Home}/+/{Topics.State}");
        IsGranted($"gw/v1/+/{_name.Node}/{Topics.State}");
    }

    private bool IsGranted(string filter)
    {
        int id = _client.Subscribe(filter);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < _request.Patience;)
        {
            if (_granted.TryTake(out (int Id, int Granted) answer, _slice) && answer.Id == id)
            {
                return answer.Granted < FirstRefusal;
            }
        }

        return false;
    }

    private void TryBranch(CancellationToken cancel)
    {
        string topic = Topic(OwnLeaf);
        IsGranted(topic);
        bool? isTaken = IsTaken(_client.Publish(topic, "doctor"u8));
        bool isBack = isTaken != false && WaitFor(() => _talk.CanRead == true, _retained, cancel);
        _talk = _talk with { CanPublish = isBack ? true : isTaken, CanRead = isTaken == false ? null : isBack };
    }

    // Null: MQTT 3.1.1 says no more than that the broker has it.
    private bool? IsTaken(int id)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < _request.Patience;)
        {
            if (_published.TryTake(out (int Id, int Reason) answer, _slice) && answer.Id == id)
            {
                return answer.Reason >= FirstRefusal ? false : _options.IsVersion5 ? true : null;
            }
        }

        return false;
    }

    private void Ask()
    {
        _question = $"doctor-{Guid.NewGuid():N}"[..NameLength];
        var command = new JsonObject { ["id"] = _question, ["cmd"] = "report-now", ["expires"] = (_request.Clock.GetUtcNow() + _answer).ToUnixTimeSeconds() };
        bool? isTaken = IsTaken(_client.Publish(Topic(Topics.Command), JsonSerializer.SerializeToUtf8Bytes(command)));
        _talk = _talk with { IsCommandRefused = isTaken == false };
        _question = isTaken == false ? null : _question;
    }

    private NodeTalk Hear(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        WaitFor(() => false, _retained, cancel);

        // One that is gone may come, and go again.
        if (_talk.State != null)
        {
            TimeSpan whole = _question == null ? _request.Listen : _answer;
            WaitFor(() => _reports.Any(report => report.Item2.Message is { Replayed: false }) || _talk.Answer is { IsGood: false }, whole - watch.Elapsed, cancel);
        }

        return _talk with
        {
            Boots = _boots.Count,
            Reports = _reports,
            Neighbours = [.. _neighbours.Select(one => (one.Key, one.Value))],
            Listened = watch.Elapsed,
        };
    }

    private bool WaitFor(Func<bool> isSo, TimeSpan patience, CancellationToken cancel)
    {
        for (var watch = Stopwatch.StartNew(); !isSo();)
        {
            cancel.ThrowIfCancellationRequested();
            TimeSpan left = patience - watch.Elapsed;
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            if (_messages.TryTake(out (string Topic, byte[] Payload) message, left < _slice ? left : _slice))
            {
                Take(message.Topic, message.Payload);
            }
        }

        return true;
    }

    private void Take(string topic, byte[] payload)
    {
        if (!Topics.TryParse(topic, out NodeTopic from, out _) || payload.Length == 0)
        {
            return;
        }

        if ((from.Home, from.Node) != _name)
        {
            _neighbours[$"{from.Home}/{from.Node}"] = PayloadReader.ReadState(payload).Message?.Status == State.Types.Status.Online;
            return;
        }

        switch (from.Leaf)
        {
            case OwnLeaf:
                _talk = _talk with { CanRead = true };
                break;
            case Topics.State:
                TakeState(PayloadReader.ReadState(payload));
                break;
            case Topics.Config:
                _talk = _talk with { Desired = Encoding.UTF8.GetString(payload) };
                break;
            case Topics.Report:
                _reports.Add((_request.Clock.GetUtcNow(), PayloadReader.ReadReport(payload)));
                break;
            default:
                TakeAnswer(from.Leaf, payload);
                break;
        }
    }

    private void TakeState(Reading<State> reading)
    {
        if (reading.Message is { Status: State.Types.Status.Online, BootId: not 0 } birth)
        {
            _boots.Add(birth.BootId);
        }

        bool goes = _talk.State?.Status == State.Types.Status.Online && reading.Message?.Status == State.Types.Status.Offline;
        _talk = _talk with
        {
            State = reading.Message ?? _talk.State,
            Birth = reading.Message is { Status: State.Types.Status.Online } came ? came : _talk.Birth,
            Departures = _talk.Departures + (goes ? 1 : 0),
            StateProblem = reading.IsSound ? null : reading.Reason,
        };
    }

    private void TakeAnswer(string leaf, byte[] payload)
    {
        if (!ControlAnswer.TryRead(payload, out ControlAnswer? answer, out _))
        {
            return;
        }

        if (leaf == Topics.ConfigState)
        {
            _talk = _talk with { Config = answer };
        }
        else if (_question != null && answer.Id == _question)
        {
            _talk = _talk with { Answer = answer };
        }
    }
}
