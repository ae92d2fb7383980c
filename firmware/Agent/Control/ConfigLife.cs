using GatewayAgent.Ports;

namespace GatewayAgent.Control;

/// <summary>
/// The life of a configuration on the node. Runs on the uplink thread.
///
/// <code>
///   Take ── not sound ──► refused               the running one goes on
///     └── sound ──► trial ── an acknowledgement of something sent since ──► applied
///                     └── none in time ──► rolled back: the confirmed one again
/// </code>
/// </summary>
public sealed class ConfigLife
{
    private readonly ConfigStore _store;
    private readonly IClock _clock;
    private readonly ITransport _transport;
    private readonly ISettingsUser _user;
    private readonly ICommandTarget _target;
    private AgentSettings _trial;
    private int _trialVersion;
    private long _trialSince;

    /// <param name="store">After its <see cref="ConfigStore.Load"/>.</param>
    /// <param name="clock">Uptime.</param>
    /// <param name="transport">Says why there is no connection.</param>
    /// <param name="user">Runs on the settings.</param>
    /// <param name="target">Is asked for a report, so that there is something to acknowledge.</param>
    public ConfigLife(ConfigStore store, IClock clock, ITransport transport, ISettingsUser user, ICommandTarget target)
    {
        _store = store;
        _clock = clock;
        _transport = transport;
        _user = user;
        _target = target;
        TellStored();
    }

    /// <summary>What there is to tell. <see cref="Version"/> 0: with <see cref="ConfigStatus.Applied"/> as provisioned, else not known.</summary>
    public ConfigStatus Status { get; private set; }

    public int Version { get; private set; }

    /// <summary>Null when there is none.</summary>
    public string Reason { get; private set; }

    /// <summary>Counts what there was to tell.</summary>
    public int Tellings { get; private set; }

    /// <summary>Version of the confirmed configuration.</summary>
    public int ConfirmedVersion => _store.Version;

    public bool IsOnTrial => _trial != null;

    /// <summary>Takes a configuration as it came.</summary>
    /// <param name="payload">Null when it was too large.</param>
    /// <param name="bytes">Its size.</param>
    public void Take(byte[] payload, int bytes)
    {
        // The retained message was cleared: nothing is desired, which is no reason to change anything.
        if (bytes == 0)
        {
            return;
        }

        if (payload == null)
        {
            Tell(ConfigStatus.Refused, 0, "it has " + bytes.ToString() + " bytes, at most " + Limits.ConfigBytes.ToString() + " are taken");
            return;
        }

        ConfigReading reading = _store.Read(payload);
        if (reading.Settings == null)
        {
            Tell(ConfigStatus.Refused, reading.Version, reading.Reason);
        }
        else
        {
            TakeSound(reading, payload);
        }
    }

    /// <summary>The one that frees reports (<see cref="Uplink.Assurance"/>) has acknowledged something.</summary>
    /// <param name="sentAt">When what was acknowledged was sent, or not later than that; ms of uptime.</param>
    public void Confirm(long sentAt)
    {
        if (_trial == null || sentAt < _trialSince)
        {
            return;
        }

        if (!_store.Confirm(_trialVersion, _trial))
        {
            RollBack("flash did not take it");
            return;
        }

        _trial = null;
        TellStored();
    }

    /// <summary>Ends a trial whose time is over.</summary>
    /// <param name="now">Uptime, ms.</param>
    public void Step(long now)
    {
        if (_trial == null || now - _trialSince < Limits.ConfigTrialMs)
        {
            return;
        }

        string who = _trial.Assurance == Uplink.Assurance.Collector ? "the collector" : "the broker";
        string error = _transport.IsConnected ? string.Empty : _transport.LastError;
        RollBack("no acknowledgement from " + who + " within " + (Limits.ConfigTrialMs / 60000).ToString() + " min"
            + (error.Length == 0 ? string.Empty : "; last error: " + error));
    }

    /// <summary>The node ends as planned: a trial under way has not failed, and begins again when the configuration comes again.</summary>
    public void End()
    {
        if (_trial != null)
        {
            _trial = null;
            _store.DropTrial();
        }
    }

    private void TakeSound(ConfigReading reading, byte[] payload)
    {
        if (_trial != null && reading.Version == _trialVersion)
        {
            Tell(ConfigStatus.Trial, _trialVersion, null);
        }
        else if (reading.Version == _store.Version)
        {
            CallOff();
            Tell(ConfigStatus.Applied, _store.Version, null);
        }
        else if (reading.Version == _store.FailedVersion)
        {
            Tell(ConfigStatus.RolledBack, _store.FailedVersion, _store.FailedReason);
        }
        else
        {
            BeginTrial(reading, payload);
        }
    }

    private void BeginTrial(ConfigReading reading, byte[] payload)
    {
        if (!_store.BeginTrial(payload))
        {
            Tell(ConfigStatus.Refused, reading.Version, "flash did not take it");
            return;
        }

        _trial = reading.Settings;
        _trialVersion = reading.Version;
        _user.Apply(_trial);
        _trialSince = _clock.UptimeMs;
        _target.ReportNow();
        Tell(ConfigStatus.Trial, _trialVersion, null);
    }

    private void CallOff()
    {
        if (_trial != null)
        {
            _trial = null;
            _store.DropTrial();
            _user.Apply(_store.Settings);
        }
    }

    private void RollBack(string reason)
    {
        _store.Fail(_trialVersion, reason);
        _trial = null;
        _user.Apply(_store.Settings);
        TellStored();
    }

    private void TellStored()
    {
        if (_store.FailedVersion != 0)
        {
            Tell(ConfigStatus.RolledBack, _store.FailedVersion, _store.FailedReason);
        }
        else
        {
            Tell(ConfigStatus.Applied, _store.Version, null);
        }
    }

    private void Tell(ConfigStatus status, int version, string reason)
    {
        Status = status;
        Version = version;
        Reason = reason == null || reason.Length <= Limits.ReasonChars ? reason : reason.Substring(0, Limits.ReasonChars);
        Tellings++;
    }
}
