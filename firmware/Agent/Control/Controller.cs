using GatewayAgent.Uplink;

namespace GatewayAgent.Control;

/// <summary>
/// The one door for configurations and commands. Takes what the <see cref="ControlInbox"/> noted, and has the answers as packets: what became of
/// the configuration (retained; a newer one replaces an older), and the result of each command. A packet is given until it is acknowledged.
/// Runs on the uplink thread.
/// </summary>
public sealed class Controller : IPacketSource
{
    // What is under way: nothing, the state of the configuration, or a result.
    private const byte Nothing = 0, State = 1, Result = 2;

    private readonly string _stateTopic;
    private readonly string _resultTopic;
    private readonly ControlInbox _inbox;
    private readonly ConfigLife _config;
    private readonly CommandDesk _desk;
    private byte _underWay;
    private bool _stateDue;
    private int _seen;

    /// <param name="stateTopic">Where the state of the configuration goes, and the next where results go.</param>
    /// <param name="resultTopic">See before.</param>
    /// <param name="inbox">What has come.</param>
    /// <param name="config">Life of the configuration.</param>
    /// <param name="desk">Commands.</param>
    public Controller(string stateTopic, string resultTopic, ControlInbox inbox, ConfigLife config, CommandDesk desk)
    {
        _stateTopic = stateTopic;
        _resultTopic = resultTopic;
        _inbox = inbox;
        _config = config;
        _desk = desk;
        _stateDue = true;
    }

    /// <summary>Topic of the packet that <see cref="Next"/> gave.</summary>
    public string Topic => _underWay == State ? _stateTopic : _resultTopic;

    public bool IsRetained => _underWay == State;

    /// <summary>There is a packet to send.</summary>
    public bool HasPacket => _stateDue || _desk.HasAnswer;

    /// <summary>The last configuration cut the node off and was taken back.</summary>
    public bool IsRolledBack => _config.Status == ConfigStatus.RolledBack;

    /// <summary>Takes what has come, and does what its time has come for.</summary>
    /// <param name="now">Uptime, ms.</param>
    public void Step(long now)
    {
        if (_inbox.TryTakeConfig(out byte[] config, out int bytes))
        {
            _config.Take(config, bytes);
        }

        _config.Step(now);
        TakeCommand();
        _desk.Step(now);
        if (_config.Tellings != _seen)
        {
            _seen = _config.Tellings;
            _stateDue = true;
        }
    }

    /// <summary>A connection begins: its broker may be another, or have lost its memory.</summary>
    public void StartConnection()
    {
        _stateDue = true;
        _underWay = Nothing;
    }

    /// <summary>See <see cref="ConfigLife.End"/>.</summary>
    public void End() => _config.End();

    /// <summary>See <see cref="ConfigLife.Confirm"/>.</summary>
    public void Confirm(long sentAt) => _config.Confirm(sentAt);

    /// <summary>Writes the next packet.</summary>
    /// <param name="now">Uptime, ms.</param>
    /// <param name="buffer">From 256 bytes: names and numbers always fit, a reason may be cut.</param>
    /// <returns>Its length, 0 when there is none now.</returns>
    public int Next(long now, byte[] buffer)
    {
        if (_stateDue)
        {
            _underWay = State;
            _stateDue = false;
            return WriteState(buffer);
        }

        _underWay = _desk.HasAnswer ? Result : Nothing;
        return _underWay == Result ? WriteResult(buffer) : 0;
    }

    /// <summary>The broker has acknowledged it.</summary>
    public void Acknowledged(long now)
    {
        if (_underWay == Result)
        {
            _desk.AnswerTold();
        }

        _underWay = Nothing;
    }

    /// <summary>It was not acknowledged: it is to be given again.</summary>
    public void Failed()
    {
        _stateDue |= _underWay == State;
        _underWay = Nothing;
    }

    private void TakeCommand()
    {
        if (_desk.HasAnswer)
        {
            return;
        }

        if (_inbox.TryTakeCommand(out byte[] command))
        {
            _desk.Take(command);
            return;
        }

        int dropped = _inbox.TakeDropped();
        if (dropped > 0)
        {
            _desk.Refuse(dropped);
        }
    }

    // "applied" is what the node falls back to, whatever "version" it speaks of.
    private int WriteState(byte[] buffer)
    {
        JsonText json = new JsonText(buffer);
        if (_config.Version != 0 || _config.Status == ConfigStatus.Applied)
        {
            json.Add("version", _config.Version);
        }

        return json
            .Add("status", NameOf(_config.Status))
            .Add("applied", _config.ConfirmedVersion)
            .Add("reason", _config.Reason)
            .End();
    }

    private int WriteResult(byte[] buffer)
    {
        return new JsonText(buffer)
            .Add("id", _desk.Id)
            .Add("cmd", _desk.Name)
            .Add("status", NameOf(_desk.Status))
            .Add("reason", _desk.Reason)
            .End();
    }

    private static string NameOf(ConfigStatus status)
    {
        switch (status)
        {
            case ConfigStatus.Applied:
                return "applied";
            case ConfigStatus.Trial:
                return "trial";
            case ConfigStatus.Refused:
                return "refused";
            default:
                return "rolled-back";
        }
    }

    private static string NameOf(CommandStatus status)
    {
        switch (status)
        {
            case CommandStatus.Done:
                return "done";
            case CommandStatus.Accepted:
                return "accepted";
            case CommandStatus.Refused:
                return "refused";
            case CommandStatus.Expired:
                return "expired";
            default:
                return "unknown";
        }
    }
}
