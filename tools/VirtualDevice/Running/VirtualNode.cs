using GatewayAgent.Control;
using GatewayAgent.Device.Control;
using GatewayAgent.Device.Platform;
using GatewayAgent.Indication;
using GatewayAgent.NanoHost;
using GatewayAgent.Ports;
using GatewayAgent.Survival;
using GatewayAgent.Uplink;
using GatewayAgent.VirtualDevice.Boards;
using GatewayAgent.VirtualDevice.Native;

namespace GatewayAgent.VirtualDevice.Running;

/// <summary>What a virtual node is built from.</summary>
public sealed class VirtualNodeParts
{
    public required AgentSettings Settings { get; init; }

    public required VirtualClock Clock { get; init; }

    /// <summary>Makes the radio; called as the node.</summary>
    public required Func<IRadio> Radio { get; init; }

    /// <summary>Makes the health of a node with this radio; called as the node.</summary>
    public Func<IRadio, IHealth> Health { get; init; } = _ => VirtualHealth.Unknown;

    public required ILatencyProbe Probe { get; init; }

    /// <summary>Makes the MQTT client; called as the node.</summary>
    public required Func<AgentSettings, ITransport> Transport { get; init; }

    /// <summary>What the radio hears.</summary>
    public required IAir Air { get; init; }

    /// <summary>Of its first boot; never 0.</summary>
    public required uint BootId { get; init; }

    /// <summary>Gives the numbers of later boots, when it has a <see cref="Flash"/>; null = it cannot restart.</summary>
    public Func<uint>? LaterBootId { get; init; }

    public required int Seed { get; init; }

    /// <summary>The radio behind the managed Wi-Fi API, for the stock radio; null = none.</summary>
    public IVirtualWifi? Wifi { get; init; }

    /// <summary>Folder of the node's flash, with a closing separator; null = nothing outlives its boot.</summary>
    public string? Flash { get; init; }

    /// <summary>BSSID of its own access point; null = it has none.</summary>
    public byte[]? OwnBssid { get; init; }

    /// <summary>It has a light, a display and a button.</summary>
    public bool HasBoard { get; init; }

    /// <summary>Whether the uplink carries anything; by default always.</summary>
    public Func<bool> IsUplinkUp { get; init; } = () => true;
}

/// <summary>
/// The unchanged agent as one of many in this process: its steps run with its own <see cref="NanoContext"/> current. It restarts when it is
/// told to, as a device does: a new agent on the same flash, whose uptime goes on, for the home has one clock. Disposing it ends its session
/// at the broker.
/// </summary>
public sealed class VirtualNode : IDisposable
{
    // A restart takes as long, and the end that comes before it is looked at as often.
    private const int RestartMs = 1000;

    private readonly VirtualNodeParts _parts;
    private readonly NanoContext _context;
    private readonly NodeStatus _status = new();
    private readonly IHealth _health;
    private readonly List<VirtualBoot> _boots = [];
    private readonly IFlash? _flash;
    private Supervision? _supervision;
    private BootRecord? _record;
    private Node _node;
    private uint _bootId;
    private long? _stopBy;

    /// <exception cref="ArgumentException">The settings are not valid; the message names the field.</exception>
    public VirtualNode(VirtualNodeParts parts)
    {
        _parts = parts;
        Settings = parts.Settings;
        Air = parts.Air;
        _context = new NanoContext(parts.Settings.Node) { Wifi = parts.Wifi };
        using (_context.Enter())
        {
            Radio = parts.Radio();
            _health = parts.Health(Radio);
            _flash = parts.Flash == null ? null : new FlashFiles(parts.Flash);
            Line = new BrokerLine(parts.Transport(parts.Settings), parts.IsUplinkUp, parts.Clock);
            _node = Boot(parts.BootId, _health);
            Board = parts.HasBoard ? new NodeBoard(_status, parts.Settings, parts.Clock) : null;
        }
    }

    public AgentSettings Settings { get; }

    public string Name => Settings.Node;

    public IRadio Radio { get; }

    /// <summary>Connected to the broker, as of the last step of the uplink.</summary>
    public bool IsOnline => _node.IsOnline;

    /// <summary>Sequence of the newest report closed in this boot, which is also their number; 0 = none yet.</summary>
    public uint Sequence => _node.Sequence;

    /// <summary>Its boots, the running one last.</summary>
    public IReadOnlyList<VirtualBoot> Boots => [.. _boots, new VirtualBoot(_bootId, _node.Sequence)];

    /// <summary>Reports that wait for an acknowledgement.</summary>
    public Outbox Outbox => _node.Outbox;

    /// <summary>Reports that the node holds, in RAM and on flash.</summary>
    public int Held => _node.Outbox.Count + _node.Stored;

    /// <summary>A packet is on its way to the broker.</summary>
    public bool IsSending => _node.IsSending;

    /// <summary>The next kept report has to wait for its time.</summary>
    public bool IsPacing(long now) => _node.IsPacing(now);

    /// <summary>What it runs on: as provisioned, or as configured since.</summary>
    public AgentSettings RunningOn => _node.Settings;

    /// <summary>Why the last call of the MQTT client failed; empty when it did not.</summary>
    public string LastError => Line.LastError;

    /// <summary>Payload bytes handed to the broker since the start.</summary>
    public long SentBytes => Line.SentBytes;

    /// <summary>Packets handed to the broker since the start.</summary>
    public long SentPackets => Line.SentPackets;

    /// <summary>What can be seen of it; null = it has no light.</summary>
    public NodeBoard? Board { get; }

    internal IAir Air { get; }

    internal BrokerLine Line { get; }

    public void Dispose() => _context.Run(Line.Disconnect);

    internal int Step(StepKind kind, long now)
    {
        using (_context.Enter())
        {
            return kind switch
            {
                StepKind.Sample => _node.SampleStep(now),
                StepKind.Probe => _node.ProbeStep(now),
                StepKind.Board => Board!.Step(now),
                _ => StepUplink(now),
            };
        }
    }

    internal void Flush(long now) => _context.Run(() => _node.Flush(now));

    private Node Boot(uint bootId, IHealth health)
    {
        _bootId = bootId;
        if (_parts.LaterBootId != null && _flash != null)
        {
            _supervision = new Supervision();
            _record = new BootRecord(_flash);
            _record.Begin(health.ResetCause, Settings.WindowSeconds, new Random(_parts.Seed));
        }

        var nodeParts = new NodeParts
        {
            Clock = _parts.Clock,
            Radio = Radio,
            Health = health,
            Probe = _parts.Probe,
            Transport = Line,
            Status = _status,
            Flash = _flash,
            Configs = new JsonConfig(),
            Commands = new JsonCommand(),
            OwnBssid = _parts.OwnBssid,
            BootId = bootId,
            Seed = _parts.Seed,
            Boot = _record,
            Supervision = _supervision,
        };
        return new Node(nodeParts, Settings);
    }

    // What the supervisor does on a device.
    private int StepUplink(long now)
    {
        int pause = _node.UplinkStep(now);
        _record?.Tick(now);
        if (_supervision?.RebootReason is not { } reason)
        {
            return pause;
        }

        if (_stopBy == null)
        {
            _stopBy = now + Limits.PlannedStopMs;
            _node.Request(reason);
        }

        if (_node.IsReady || now >= _stopBy)
        {
            Restart(reason);
        }

        return Math.Min(pause, RestartMs);
    }

    private void Restart(string reason)
    {
        _record!.End(reason, _node.IsReady);
        _boots.Add(new VirtualBoot(_bootId, _node.Sequence));
        Line.Disconnect();
        _stopBy = null;
        _node = Boot(_parts.LaterBootId!(), new HealthAfterRestart(_health));
    }

    private sealed class HealthAfterRestart(IHealth board) : IHealth
    {
        private const int Software = 3;

        public int ManagedFreeKib => board.ManagedFreeKib;

        public int NativeFreeKib => board.NativeFreeKib;

        public int ResetCause => Software;
    }
}

/// <summary>A boot of a virtual node.</summary>
/// <param name="Reports">Reports closed in it, which is also the sequence of the newest.</param>
public readonly record struct VirtualBoot(uint BootId, uint Reports);
