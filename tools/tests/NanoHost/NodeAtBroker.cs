using System.Collections.Concurrent;
using System.Diagnostics;
using GatewayAgent.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Mosquitto;
using GatewayAgent.NanoHost;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Tests.NanoHost;

/// <summary>The agent with its own MQTT adapter at a real broker; its clock is virtual, its other ports are fakes.</summary>
internal sealed class NodeAtBroker : IDisposable
{
    private const int WindowSeconds = 60, TickMs = 1000;

    // A lost connection raises no event.
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(90);

    private readonly NanoContext.Scope _scope = new NanoContext("node").Enter();
    private readonly FakeClock _clock = new();
    private readonly AutoResetEvent _heard = new(false);
    private readonly BrokerLine _line;
    private long _uplinkAt;

    public NodeAtBroker(MosquittoBroker broker, string? password = null)
        : this(broker, new AgentSettings { BrokerTls = false, BrokerPassword = password })
    {
    }

    /// <param name="broker">Where it reports to.</param>
    /// <param name="settings">How it makes itself known there; a home that is named stays.</param>
    public NodeAtBroker(MosquittoBroker broker, AgentSettings settings)
    {
        settings.Home ??= "home";
        settings.Node = "node";
        settings.BrokerHost ??= broker.Host;
        settings.BrokerPort = broker.Port;
        settings.WindowSeconds = settings.FirstWindowSeconds = WindowSeconds;
        Settings = settings;
        var transport = new MqttTransport(settings);
        transport.Failed += Failures.Enqueue;
        _line = new BrokerLine(transport, () => true);
        _line.Heard += () => _heard.Set();
        Node = new Node(
            new NodeParts
            {
                Clock = _clock,
                Radio = new FakeRadio(),
                Health = new FakeHealth(),
                Probe = new FakeProbe(),
                Transport = _line,
                BootId = 7,
                Seed = 1,
            },
            Settings);
    }

    public AgentSettings Settings { get; }

    public Node Node { get; }

    /// <summary>What the transport told of failures, for the log.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Why the last call to the broker failed.</summary>
    public string LastError => _line.LastError;

    /// <summary>Closes windows, whether or not their reports can go.</summary>
    public void Report(uint windows)
    {
        uint last = Node.Sequence + windows;
        while (Node.Sequence < last)
        {
            _clock.UptimeMs += TickMs;
            Node.SampleStep(_clock.UptimeMs);
        }
    }

    /// <summary>Runs the uplink alone until a condition holds; its pauses pass at once but for a look at the broker.</summary>
    public void RunUplinkUntil(Func<bool> isReached)
    {
        var watch = Stopwatch.StartNew();
        while (!isReached())
        {
            Assert.True(watch.Elapsed < _longEnough, $"outbox {Node.Outbox.Count}, online {Node.IsOnline}, {LastError}");
            _clock.UptimeMs = Math.Max(_clock.UptimeMs, _uplinkAt);
            _uplinkAt = _clock.UptimeMs + Node.UplinkStep(_clock.UptimeMs);
            _heard.WaitOne(_lookAgain);
        }
    }

    /// <summary>Runs the uplink until the collector has acknowledged everything.</summary>
    public void Drain() => RunUplinkUntil(() => Node.Outbox.Count == 0);

    public void Dispose()
    {
        _line.Disconnect();
        _scope.Dispose();
        _heard.Dispose();
    }
}
