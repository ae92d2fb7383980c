using GatewayAgent.Ports;

namespace GatewayAgent.Control;

/// <summary>
/// Takes one command after another and has an answer for each: the next is taken when the answer to the one before has been acknowledged. Only
/// sound commands in their time run, each identifier once. Runs on the uplink thread.
/// </summary>
public sealed class CommandDesk
{
    private const string RebootFile = "command-reboot";
    private const byte Owed = 1, Told = 0;

    private readonly ICommandReader _reader;
    private readonly ICommandTarget _target;
    private readonly IClock _clock;
    private readonly IFlash _flash;
    private readonly Command _command = new Command();
    private readonly RecentCommands _recent = new RecentCommands();
    private string _rebootId;
    private long _rebootBy;

    /// <param name="reader">Reads what came.</param>
    /// <param name="target">Carries it out.</param>
    /// <param name="clock">Uptime, and wall-clock time for the expiry.</param>
    /// <param name="flash">Remembers a reboot; null: nothing does, and none is done.</param>
    public CommandDesk(ICommandReader reader, ICommandTarget target, IClock clock, IFlash flash)
    {
        _reader = reader;
        _target = target;
        _clock = clock;
        _flash = flash;
        _command.Clear();
        RecallReboot();
    }

    /// <summary>There is an answer to send. It stays until <see cref="Told"/>.</summary>
    public bool HasAnswer { get; private set; }

    public string Id => _command.Id;

    public string Name => _command.Name;

    public CommandStatus Status { get; private set; }

    /// <summary>Null when there is none.</summary>
    public string Reason { get; private set; }

    /// <summary>Takes a command, and has the answer. Not while <see cref="HasAnswer"/>.</summary>
    /// <param name="payload">As it came; null when it was too large.</param>
    public void Take(byte[] payload)
    {
        _command.Clear();
        if (payload == null)
        {
            _command.Reason = "it has more than " + Limits.CommandBytes.ToString() + " bytes";
        }
        else
        {
            _reader.Read(payload, _command);
        }

        if (_command.Reason != null)
        {
            Answer(CommandStatus.Refused, _command.Reason);
        }
        else if (_recent.TryFind(_command.Id, out CommandStatus status, out CommandReason reason))
        {
            Answer(status, TextOf(reason));
        }
        else if (_command.Kind == CommandKind.Unknown)
        {
            Answer(CommandStatus.Unknown, "known are survey-now, locate, placement, report-now, reboot");
        }
        else
        {
            TakeSound();
        }
    }

    /// <summary>Answers for commands that found no room.</summary>
    public void Refuse(int dropped)
    {
        _command.Clear();
        Answer(CommandStatus.Refused, dropped.ToString() + " commands came faster than they were answered");
    }

    /// <summary>The answer has been acknowledged.</summary>
    public void AnswerTold()
    {
        HasAnswer = false;
        if (_command.Kind == CommandKind.Reboot && Status <= CommandStatus.Accepted)
        {
            SaveReboot(_command.Id, Told);
        }
    }

    /// <summary>Does what its time has come for.</summary>
    /// <param name="now">Uptime, ms.</param>
    public void Step(long now)
    {
        if (_rebootId != null && (!HasAnswer || now >= _rebootBy))
        {
            string id = _rebootId;
            _rebootId = null;
            _target.Reboot("command " + id);
        }
    }

    private void TakeSound()
    {
        uint now = _clock.UnixSeconds;
        if (now == 0)
        {
            Settle(CommandStatus.Refused, CommandReason.ClockUnknown);
        }
        else if (_command.Expires < now)
        {
            Settle(CommandStatus.Expired, CommandReason.None);
        }
        else if (_command.Expires - now > Limits.CommandLifeSeconds)
        {
            Settle(CommandStatus.Refused, CommandReason.TooFarAhead);
        }
        else
        {
            Run();
        }
    }

    private void Run()
    {
        switch (_command.Kind)
        {
            case CommandKind.SurveyNow:
                Settle(CommandStatus.Accepted, _target.SurveyNow());
                break;
            case CommandKind.ReportNow:
                Settle(CommandStatus.Accepted, _target.ReportNow());
                break;
            case CommandKind.Locate:
                Settle(CommandStatus.Done, _target.Locate(_command.Seconds));
                break;
            case CommandKind.Placement:
                Settle(CommandStatus.Done, _target.Placement(_command.On));
                break;
            default:
                RunReboot();
                break;
        }
    }

    // On flash before it runs: the same command, delivered again afterwards, must not run again.
    private void RunReboot()
    {
        if (!SaveReboot(_command.Id, Owed))
        {
            Settle(CommandStatus.Refused, CommandReason.FlashFailed);
            return;
        }

        _rebootId = _command.Id;
        _rebootBy = _clock.UptimeMs + Limits.RebootAnswerMs;
        Settle(CommandStatus.Accepted, CommandReason.None);
    }

    private void Settle(CommandStatus status, bool possible) =>
        Settle(possible ? status : CommandStatus.Refused, possible ? CommandReason.None : CommandReason.NotPossible);

    private void Settle(CommandStatus status, CommandReason reason)
    {
        _recent.Add(_command.Id, status, reason);
        Answer(status, TextOf(reason));
    }

    private void Answer(CommandStatus status, string reason)
    {
        Status = status;
        Reason = reason;
        HasAnswer = true;
    }

    private bool SaveReboot(string id, byte answer)
    {
        byte[] record = new byte[id.Length + 1];
        record[0] = answer;
        for (int i = 0; i < id.Length; i++)
        {
            record[i + 1] = (byte)id[i];
        }

        return _flash != null && _flash.Replace(RebootFile, record, record.Length);
    }

    // After the reboot: it is remembered as done, and so answered when the answer did not get out before.
    private void RecallReboot()
    {
        byte[] record = new byte[1 + Limits.CommandIdChars];
        int length = _flash == null ? 0 : _flash.Read(RebootFile, 0, record, record.Length);
        if (length < 2)
        {
            return;
        }

        char[] id = new char[length - 1];
        for (int i = 0; i < id.Length; i++)
        {
            id[i] = (char)record[i + 1];
        }

        _command.Id = new string(id);
        _command.Name = "reboot";
        _command.Kind = CommandKind.Reboot;
        _recent.Add(_command.Id, CommandStatus.Done, CommandReason.None);
        if (record[0] == Owed)
        {
            Answer(CommandStatus.Done, null);
        }
    }

    private static string TextOf(CommandReason reason)
    {
        switch (reason)
        {
            case CommandReason.ClockUnknown:
                return "the node does not know the time, so it cannot tell whether the command has expired";
            case CommandReason.TooFarAhead:
                return "expires: is more than a day ahead";
            case CommandReason.NotPossible:
                return "this node cannot do that";
            case CommandReason.FlashFailed:
                return "flash did not take it";
            default:
                return null;
        }
    }
}
