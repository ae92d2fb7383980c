using System;
using GatewayAgent.Control;
using GatewayAgent.Detection;
using GatewayAgent.Indication;
using GatewayAgent.Ports;
using GatewayAgent.Privacy;
using GatewayAgent.Sampling;
using GatewayAgent.Survival;
using GatewayAgent.Uplink;

namespace GatewayAgent;

/// <summary>
/// The agent: one reading's way from the radio to the broker.
///
/// <code>
///   SampleStep:  IRadio ─► Sampler ─► Window ─► ReportWriter ─► Outbox            allocates nothing
///                                      └─► Deterioration ─► EventQueue
///   UplinkStep:  Outbox ─► Journal ─► ReportSource ─┐
///                EventQueue ─► EventSource ─────────┼─► BrokerUplink ─► broker    one array a packet
///                ControlInbox ─► Controller ────────┘
///   ProbeStep:   ILatencyProbe ─► RoundTrips ─► Sampler, IRadio.Refresh           may block
/// </code>
/// It has no threads and no clock of its own: whoever owns it calls each step from one thread of its own (or all from one), with the
/// uptime, and waits as long as the step says.
/// </summary>
public sealed class Node : ISettingsUser, ICommandTarget, IPlannedStop
{
    // A radio that refreshes in the background looks for work this often.
    private const int RefreshMs = 1000;

    private readonly NodeParts _parts;
    private readonly RoundTrips _roundTrips = new RoundTrips();
    private readonly Requests _requests = new Requests();
    private readonly Period _probePeriod;
    private readonly Deterioration _detection;
    private readonly DetectionStore _learned;
    private readonly Sampler _sampler;
    private readonly BirthSource _birth;
    private readonly ReportSource _reports;
    private readonly Controller _control;
    private readonly BrokerUplink _uplink;
    private AgentSettings _settings;
    private bool _hasStarted;
    private bool _isEnding;

    /// <param name="parts">Ports and boot.</param>
    /// <param name="provisioned">What the node goes by as long as no configuration says otherwise.</param>
    /// <exception cref="ArgumentException">The settings are not valid; the message names the field.</exception>
    public Node(NodeParts parts, AgentSettings provisioned)
    {
        string error = provisioned.Validate();
        if (error != null)
        {
            throw new ArgumentException(error);
        }

        _parts = parts;
        Random random = new Random(parts.Seed);
        Topics topics = new Topics(provisioned.Home, provisioned.Node);
        ControlInbox inbox = new ControlInbox();
        _control = NewController(topics, inbox, provisioned);
        int firstWindow = _settings.FirstWindowSeconds == 0 ? 1 + random.Next(_settings.WindowSeconds) : _settings.FirstWindowSeconds;
        SentBytes sent = new SentBytes();
        CollectorWords words = new CollectorWords(parts.BootId);
        _detection = new Deterioration(parts.Clock, parts.BootId, _settings.Detection);
        _detection.Use(AddressHash.OfStations(_settings));
        _learned = new DetectionStore(_detection, parts.Flash);
        _sampler = new Sampler(parts, _settings, firstWindow, Outbox, _roundTrips, sent, _requests, _detection);
        _birth = new BirthSource(parts, _settings, topics, _sampler);
        byte[] packet = new byte[Limits.PacketBytes];
        _reports = new ReportSource(parts, topics, Outbox, words, packet);
        IPacketSource[] sources = _control == null
            ? new IPacketSource[] { new EventSource(_detection.Events, topics), _reports }
            : new IPacketSource[] { _control, new EventSource(_detection.Events, topics), _reports };
        _uplink = new BrokerUplink(
            parts, topics, new TransportNotes(parts.Clock, topics, words, inbox), _birth, sources, _roundTrips, sent, packet, random);
        _probePeriod = new Period(Limits.ProbePeriodMs, parts.Clock.UptimeMs);
        parts.Boot?.SetWindow(_settings.WindowSeconds);
        UseAssurance();
    }

    public Outbox Outbox { get; } = new Outbox();

    /// <summary>What there is to see of it, and what people at it ask for.</summary>
    public NodeStatus Status => _parts.Status;

    /// <summary>What it runs on now.</summary>
    public AgentSettings Settings => _settings;

    /// <summary>Reports on flash.</summary>
    public int Stored => _reports.Stored;

    /// <summary>Connected to the broker, as of the last <see cref="UplinkStep"/>.</summary>
    public bool IsOnline => _uplink.IsOnline;

    /// <summary>A packet is on its way to the broker.</summary>
    public bool IsSending => _uplink.IsBusy;

    /// <summary>Reports that were kept go one after another: the next is not due yet.</summary>
    public bool IsPacing(long now) => _reports.IsPacing(now);

    /// <summary>Sequence of the newest report closed; 0 = none yet.</summary>
    public uint Sequence => _sampler.Sequence;

    /// <summary>After <see cref="Request"/>: everything measured is on flash or acknowledged.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Samples. Never blocks, never allocates.</summary>
    /// <param name="now">Uptime, ms; never smaller than at the call before. Also for the other steps.</param>
    /// <returns>Milliseconds until it wants to be called again. Also for the other steps.</returns>
    public int SampleStep(long now)
    {
        if (Status.TakeReportRequest())
        {
            _requests.Report();
        }

        return _sampler.Tick(now);
    }

    /// <summary>Connects, sends, and brings to flash what cannot be sent. May block as long as the MQTT client and the flash do.</summary>
    public int UplinkStep(long now)
    {
        Start();
        _uplink.HearAnswers();
        _reports.HearCollector(now);
        StepControl(now);
        if (_uplink.Connect(now))
        {
            _reports.StartConnection(_sampler.Sequence);
            _control?.StartConnection();
        }

        Keep(now);
        int pause = _uplink.Send(now);
        Status.NoteUplink(_uplink.IsOnline, Outbox.Count + Stored);
        return pause;
    }

    /// <summary>Measures round trips to the gateway and lets the radio do its slow work. May block.</summary>
    public int ProbeStep(long now)
    {
        bool isAway = _parts.Radio.Refresh(now, WishAt(now));
        if (!isAway && _probePeriod.Due(now) && _parts.Probe.IsAvailable)
        {
            _roundTrips.Add(RoundTrips.Gateway, _parts.Probe.Measure());
        }

        return RefreshMs;
    }

    /// <summary>Closes the window early. Called in place of <see cref="SampleStep"/>.</summary>
    public void Flush(long now) => _sampler.Flush(now);

    public void Apply(AgentSettings settings)
    {
        AgentSettings before = _settings;
        _settings = settings;
        _requests.Use(settings);
        _detection.Apply(settings.Detection);
        _detection.Use(AddressHash.OfStations(settings));
        _birth.Use(settings);
        _parts.Boot?.SetWindow(settings.WindowSeconds);
        UseAssurance();
        if (!settings.HasSameBroker(before) || settings.Assurance != before.Assurance)
        {
            // What a connection listens to is part of it, too.
            _parts.Transport.Use(settings);
            _uplink.Reconnect(_parts.Clock.UptimeMs);
        }
    }

    public bool SurveyNow()
    {
        _requests.Survey();
        return (_parts.Radio.Capabilities & RadioCapabilities.Dwell) != 0;
    }

    public bool ReportNow()
    {
        _requests.Report();
        return !_parts.SafeMode;
    }

    public bool Locate(int seconds)
    {
        Status.Locate(seconds, _parts.Clock.UptimeMs);
        return true;
    }

    public bool Placement(bool on)
    {
        Status.SetPlacement(on, _parts.Clock.UptimeMs);
        return true;
    }

    public bool Reboot(string reason)
    {
        _parts.Supervision?.RequestReboot(reason);
        return _parts.Supervision != null;
    }

    /// <summary>A planned end: the window closes, nothing is sampled any more, and everything is brought to safety.</summary>
    public void Request(string reason)
    {
        _requests.Stop();
    }

    private ScanWish WishAt(long now)
    {
        if (Status.IsPlacement(now))
        {
            return ScanWish.Often;
        }

        return IsSending ? ScanWish.Later : ScanWish.Rarely;
    }

    private Controller NewController(Topics topics, ControlInbox inbox, AgentSettings provisioned)
    {
        _settings = provisioned;
        if (_parts.Configs == null)
        {
            return null;
        }

        ConfigStore store = new ConfigStore(_parts.Flash, _parts.Configs, provisioned);
        _settings = store.Load();
        _parts.Transport.Use(_settings);
        ConfigLife life = new ConfigLife(store, _parts.Clock, _parts.Transport, this, this);
        CommandDesk desk = new CommandDesk(_parts.Commands, this, _parts.Clock, _parts.Flash);
        return new Controller(topics.ConfigState, topics.CommandResult, inbox, life, desk);
    }

    // Reading what earlier boots have left takes a while: not on the way to the first sample.
    private void Start()
    {
        if (!_hasStarted)
        {
            _hasStarted = true;
            _learned.Load();
        }
    }

    private void StepControl(long now)
    {
        if (_control != null)
        {
            // In safe mode nothing closes that a collector could acknowledge.
            bool takesCollector = _settings.Assurance == Assurance.Collector && !_parts.SafeMode;
            _control.Confirm(takesCollector ? _reports.ConfirmedSentAt : _uplink.AcknowledgedSentAt);
            _control.Step(now);
            Status.IsRolledBack = _control.IsRolledBack;
        }
    }

    // In safe mode nobody samples, so nothing is open.
    private void Keep(long now)
    {
        bool isEnding = _requests.IsStopWanted && (_requests.IsStopped || _parts.SafeMode);
        _reports.Keep(now, isEnding || _uplink.IsOutage(now));
        if (!isEnding)
        {
            _learned.Keep(now, false);
        }
        else if (!_isEnding)
        {
            _isEnding = true;
            _learned.Keep(now, true);
            _control?.End();
        }

        IsReady = isEnding && Outbox.Count == 0;
    }

    private void UseAssurance()
    {
        _reports.Assurance = _settings.Assurance;
        _uplink.NeedsCollector = _settings.Assurance == Assurance.Collector;
    }
}
