using System;
using GatewayAgent.Control;
using GatewayAgent.Indication;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;
using GatewayAgent.Uplink;

namespace GatewayAgent;

/// <summary>
/// The agent: one reading's way from the radio to the broker.
///
/// <code>
///   SampleStep:  IRadio ─► Sampler ─► Window ─► ReportWriter ─► Outbox      allocates nothing
///   UplinkStep:  Outbox ─► ReportUplink ─► ITransport ─► broker             one array a packet
///   ProbeStep:   ILatencyProbe ─► RoundTrips ─► Sampler, IRadio.Refresh     may block
/// </code>
/// It has no threads and no clock of its own: whoever owns it calls each step from one thread of its own (or all from one), with the
/// uptime, and waits as long as the step says.
/// </summary>
public sealed class Node
{
    // A radio that refreshes in the background looks for work this often.
    private const int RefreshMs = 1000;

    private readonly IRadio _radio;
    private readonly ILatencyProbe _probe;
    private readonly RoundTrips _roundTrips = new RoundTrips();
    private readonly Period _probePeriod;
    private readonly Sampler _sampler;
    private readonly ReportUplink _uplink;

    /// <exception cref="ArgumentException">The settings are not valid; the message names the field.</exception>
    public Node(NodeParts parts, AgentSettings settings)
    {
        string error = settings.Validate();
        if (error != null)
        {
            throw new ArgumentException(error);
        }

        Random random = new Random(parts.Seed);
        int firstWindow = settings.FirstWindowSeconds == 0 ? 1 + random.Next(settings.WindowSeconds) : settings.FirstWindowSeconds;
        SentBytes sent = new SentBytes();
        _radio = parts.Radio;
        _probe = parts.Probe;
        Status = parts.Status;
        Outbox = new Outbox(settings.Assurance);
        _sampler = new Sampler(parts, settings.WindowSeconds, firstWindow, Outbox, _roundTrips, sent);
        _uplink = new ReportUplink(parts, settings, Outbox, _roundTrips, sent, _sampler, random);
        _probePeriod = new Period(Limits.ProbePeriodMs, parts.Clock.UptimeMs);
    }

    public Outbox Outbox { get; }

    /// <summary>What there is to see of it, and what people at it ask for.</summary>
    public NodeStatus Status { get; }

    /// <summary>Connected to the broker, as of the last <see cref="UplinkStep"/>.</summary>
    public bool IsOnline => _uplink.IsOnline;

    /// <summary>Sequence of the newest report closed; 0 = none yet.</summary>
    public uint Sequence => _sampler.Sequence;

    /// <summary>Samples. Never blocks, never allocates.</summary>
    /// <param name="now">Uptime, ms; never smaller than at the call before. Also for the other steps.</param>
    /// <returns>Milliseconds until it wants to be called again. Also for the other steps.</returns>
    public int SampleStep(long now)
    {
        if (Status.TakeReportRequest())
        {
            _sampler.Flush(now);
        }

        return _sampler.Tick(now);
    }

    /// <summary>Connects and sends. May block as long as the MQTT client does.</summary>
    public int UplinkStep(long now)
    {
        int pause = _uplink.Step(now);
        Status.NoteUplink(_uplink.IsOnline, Outbox.Count);
        return pause;
    }

    /// <summary>Measures round trips to the gateway and lets the radio do its slow work. May block.</summary>
    public int ProbeStep(long now)
    {
        _radio.Refresh(now);
        if (_probePeriod.Due(now) && _probe.IsAvailable)
        {
            _roundTrips.Add(RoundTrips.Gateway, _probe.Measure());
        }

        return RefreshMs;
    }

    /// <summary>Closes the window early, before a planned stop. Called in place of <see cref="SampleStep"/>.</summary>
    public void Flush(long now) => _sampler.Flush(now);
}
