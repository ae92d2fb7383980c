using GatewayAgent.Detection;
using GatewayAgent.Ports;
using GatewayAgent.Privacy;
using GatewayAgent.Protocol;
using GatewayAgent.Reporting;
using GatewayAgent.Survival;
using GatewayAgent.VirtualDevice.Homes;
using Google.Protobuf;
using Losses = GatewayAgent.Reporting.Losses;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>A boot as its line to the broker needs it.</summary>
/// <param name="Hash">Null: the node has no key.</param>
internal sealed record BootedNode(IClock Clock, BootRecord Record, EventQueue Events, AddressHash? Hash, int ResetCause);

/// <summary>
/// A node's line to the broker, at the pace of windows: birth, what closed since, what was kept oldest first and paced, events; again what the
/// collector does not acknowledge. Nothing gets through while the way out is closed.
/// </summary>
internal sealed class NodeLine
{
    private const int UnsafeSeconds = Limits.OutageMs / 1000;
    private const int WillSeconds = 90; // one and a half keep-alives
    private const int LongestPauseSeconds = 3840;

    private static readonly byte[] _will = [8, 2]; // STATUS_OFFLINE

    private readonly string _home;
    private readonly HouseNode _house;
    private readonly Household _household;
    private readonly SeededRandom _random;
    private readonly HeldReports _held = new();
    private BootedNode _boot = null!;
    private bool _isOnline;
    private long _offlineSince;
    private long _willAt;
    private long _connectAt;
    private uint _liveAbove, _sequence;
    private long _replayedUntil;
    private long _waitingSince = long.MaxValue;
    private int _triesInVain;
    private uint _sentBytes;
    private int _roundTrips, _failures;

    public NodeLine(string home, HouseNode house, Household household, SeededRandom random)
    {
        _home = home;
        _house = house;
        _household = household;
        _random = random;
    }

    /// <summary>Where the node lives its current window.</summary>
    public WindowDesk Desk { get; set; } = null!;

    public bool IsOnline => _isOnline;

    /// <summary>In this boot: then it knows the time, if anybody told it.</summary>
    public bool HasBeenOnline { get; private set; }

    public HeldReports Held => _held;

    /// <summary>Reports that nobody had heard of when the power went.</summary>
    public long Unheard { get; private set; }

    public void Booted(long at, BootedNode boot)
    {
        _boot = boot;
        _sequence = 0;
        _liveAbove = 0;
        HasBeenOnline = false;
        _held.LostReports = 0;
        _held.LostSeconds = 0;
        _offlineSince = at;
        _connectAt = at + (long)_random.Between(2, 10);
        _replayedUntil = _connectAt;
    }

    /// <param name="isPlanned">The connection was closed, and so the broker tells at once.</param>
    public void Ended(long at, bool isPlanned)
    {
        if (!isPlanned)
        {
            Unheard += _held.DropYoung(at - UnsafeSeconds);
        }

        GoOffline(at, isPlanned ? at : at + WillSeconds);
    }

    public void Hold(uint boot, uint sequence, uint span, byte[] report, long closedAt)
    {
        _sequence = sequence;
        _held.Add(boot, sequence, span, report, closedAt, Desk.Merger);
    }

    public void CopyLosses(Losses losses)
    {
        losses.Reports = _held.LostReports;
        losses.ReportSeconds = _held.LostSeconds;
    }

    public uint TakeSentBytes()
    {
        uint taken = _sentBytes;
        _sentBytes = 0;
        return taken;
    }

    /// <summary>Round trips to the broker since the last window.</summary>
    public void TakeRoundTrips(Window window, long now)
    {
        for (; _roundTrips > 0; _roundTrips--)
        {
            window.Broker.Add(_house.BrokerRoundTrip(now));
        }

        for (; _failures > 0; _failures--)
        {
            window.Broker.Add(-1);
        }
    }

    /// <summary>The collector has everything of a boot up to a sequence.</summary>
    public void Acknowledge(uint bootId, uint sequence, long now)
    {
        if (!_held.FreeThrough(bootId, sequence))
        {
            return;
        }

        bool wasTried = _triesInVain > 0;
        _triesInVain = 0;
        _waitingSince = _held.IsEmpty ? long.MaxValue : now;
        if (wasTried)
        {
            _held.SendAllAgain();
        }
    }

    /// <summary>Connects, or loses the connection, as the way is at a moment.</summary>
    public void Connect(long now, Action<FleetMessage> say)
    {
        bool isOpen = _house.ReachesGateway && _household.IsWanUp(now - 1);
        if (_isOnline && !isOpen)
        {
            _failures++;
            GoOffline(now, now + WillSeconds);
        }

        if (!_isOnline && isOpen)
        {
            GoOnline(now, say);
        }
    }

    /// <summary>Says what has come together until a moment.</summary>
    public void Send(long now, Action<FleetMessage> say)
    {
        SayWill(now, say);
        if (!_isOnline)
        {
            return;
        }

        SayEvents(now, say);
        SayLive(now, say);
        SayKept(now, say);
        long patience = (Limits.AckTimeoutMs / 1000L) << Math.Min(_triesInVain, Limits.AckTimeoutDoublings);
        if (_held.Oldest is { IsWaiting: false } oldest && now - _waitingSince >= patience)
        {
            // The collector's word stays away: its answer to the oldest tells about all the rest.
            _triesInVain++;
            _waitingSince = now;
            Say(oldest, backlog: 0, isLive: false, now * 1000, say);
        }
    }

    /// <summary>Asks for the collector's word on what was sent, out of turn: its answer to the oldest tells about all the rest.</summary>
    public void Insist(long now, Action<FleetMessage> say)
    {
        if (_isOnline && _held.OldestSent is { } oldest)
        {
            Say(oldest, _held.BacklogOf(oldest), isLive: false, now * 1000, say);
        }
    }

    /// <summary>Goes for good: the broker tells that it is off line.</summary>
    public void Leave(long now, Action<FleetMessage> say)
    {
        GoOffline(now, now);
        _willAt = Math.Min(_willAt, now);
        SayWill(now, say);
    }

    // A pause of the back-off is under way when the way opens; it is as long as the outage was, up to an hour.
    private void GoOnline(long now, Action<FleetMessage> say)
    {
        if (_connectAt == 0)
        {
            _connectAt = now + (long)(_random.Next() * Math.Min(now - _offlineSince, LongestPauseSeconds));
        }

        if (_connectAt > now)
        {
            return;
        }

        if (_willAt != 0)
        {
            _willAt = Math.Min(_willAt, _connectAt);
            SayWill(now, say);
        }

        _isOnline = true;
        HasBeenOnline = true;
        _liveAbove = _sequence;
        _replayedUntil = Math.Max(_connectAt, _offlineSince);
        _waitingSince = long.MaxValue;
        _triesInVain = 0;
        _held.SendAllAgain();
        Publish(Math.Max(_connectAt, _offlineSince) * 1000, Topics.State, Birth().ToByteArray(), isRetained: true, say);
    }

    private void GoOffline(long at, long willAt)
    {
        if (_isOnline)
        {
            _isOnline = false;
            _offlineSince = at;
            _connectAt = 0;
            _willAt = willAt;
        }
    }

    private void SayWill(long now, Action<FleetMessage> say)
    {
        if (_willAt != 0 && _willAt <= now)
        {
            say(new FleetMessage(_willAt * 1000, _home, _house.Script.Name, Topics.State, _will, IsRetained: true));
            _willAt = 0;
        }
    }

    private State Birth()
    {
        HomePlan plan = _household.Plan;
        bool isNative = !_house.Plan.IsStock;
        var state = new State
        {
            Status = State.Types.Status.Online,
            BootId = _boot.Record.BootId,
            AgentVersion = AgentVersion.Text,
            Radio = isNative ? Source.Native : Source.StockScan,
            RadioAbi = isNative ? (uint)Desk.Survey.Abi : 0,
            Capabilities = isNative ? Desk.Survey.Capabilities | (plan.Is5Ghz ? RadioCapabilities.Band5G : 0) : 0,
            WindowS = (uint)plan.WindowSeconds,
            ResetCause = (ResetCause)_boot.ResetCause,
            Sequence = _sequence,
            ConnectAttempts = 1 + (uint)Math.Log2(1 + ((_connectAt - _offlineSince) / 5.0)),
            Role = _house.Script.HasAccessPoint ? Role.MeshNode : Role.Companion,
            Mode = _boot.Record.IsSafeMode ? Mode.Safe : Mode.Normal,
            Boots = _boot.Record.Boots,
            LastWords = _boot.Record.LastWords,
        };
        if (BootTimeNow() is var bootTime and not 0)
        {
            state.BootTime = bootTime;
        }

        if (_boot.Hash is { } hash)
        {
            byte[] ssid = System.Text.Encoding.UTF8.GetBytes(plan.Script.Ssid);
            state.Ssid = hash.OfName(ssid, ssid.Length);
            if (_house.AccessPoint != null)
            {
                state.Ap = hash.OfAddress(_house.AccessPoint.Mac, 0);
            }
        }

        return state;
    }

    private uint BootTimeNow()
    {
        uint unix = _boot.Clock.UnixSeconds;
        return unix == 0 ? 0 : unix - (uint)(_boot.Clock.UptimeMs / 1000);
    }

    private void SayEvents(long now, Action<FleetMessage> say)
    {
        for (int length = _boot.Events.CopyNext(Desk.Packet); length > 0; length = _boot.Events.CopyNext(Desk.Packet))
        {
            Publish((now * 1000) + 1, Topics.Event, Desk.Packet.AsSpan(0, length).ToArray(), isRetained: false, say);
            _boot.Events.Acknowledged();
        }
    }

    private void SayLive(long now, Action<FleetMessage> say)
    {
        while (_held.NextLive(_boot.Record.BootId, _liveAbove) is { } live)
        {
            Say(live, _held.BacklogOf(live), isLive: true, (now * 1000) + (long)(_random.Next() * 1500), say);
        }
    }

    // One a second, the oldest first.
    private void SayKept(long now, Action<FleetMessage> say)
    {
        while (_replayedUntil < now && _held.NextKept() is { } kept)
        {
            _replayedUntil += Limits.ReplayPaceMs / 1000;
            Say(kept, _held.BacklogOf(kept), isLive: false, _replayedUntil * 1000, say);
        }

        _replayedUntil = Math.Max(_replayedUntil, now);
    }

    private void Say(HeldReports.Held report, uint backlog, bool isLive, long atMs, Action<FleetMessage> say)
    {
        bool isNew = isLive && !report.IsSent, isOfThisBoot = report.Boot == _boot.Record.BootId;
        report.Report.CopyTo(Desk.Packet, 0);
        int length = ReportWriter.StateAnew(
            Desk.Packet, report.Report.Length, backlog, isNew || !isOfThisBoot ? 0 : BootTimeNow(), replayed: !isNew);
        report.IsWaiting = false;
        report.IsSent = true;
        _waitingSince = Math.Min(_waitingSince, atMs / 1000);
        Publish(atMs, Topics.Report, Desk.Packet.AsSpan(0, length).ToArray(), isRetained: false, say);
    }

    private void Publish(long atMs, string leaf, byte[] payload, bool isRetained, Action<FleetMessage> say)
    {
        _sentBytes += (uint)payload.Length;
        _roundTrips = Math.Min(_roundTrips + 1, Limits.RoundTrips);
        say(new FleetMessage(atMs, _home, _house.Script.Name, leaf, payload, isRetained));
    }
}
