using GatewayAgent.Detection;
using GatewayAgent.Ports;
using GatewayAgent.Privacy;
using GatewayAgent.Reporting;
using GatewayAgent.Survival;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>
/// The firmware on one node, window by window and over its reboots: its report writer, its detection and its boot record are the real ones. What
/// is not on its flash is gone with a boot, and the time is unknown until it is online.
/// </summary>
internal sealed class FleetNode : IClock
{
    private const int PowerOn = 1;
    private const int RestartSeconds = 4;
    private const int ManagedFreeKib = 58;

    private readonly HouseNode _house;
    private readonly Household _home;
    private readonly SeededRandom _random;
    private readonly NodeEnds _ends;
    private readonly NodeLine _line;
    private readonly OneFile _flash = new();
    private readonly byte[] _learned = new byte[SavedState.Bytes];
    private readonly DetectionSettings _settings;
    private readonly int _phase;
    private readonly uint _servingAp;
    private readonly List<Span> _off = [];
    private bool _hasLearned;
    private bool _isRunning;
    private long _offUntil;
    private int _cause = PowerOn;
    private long _bootAt;
    private long _now;
    private long _windowFrom;
    private int _windows;
    private WindowDesk _desk = null!;
    private ReportHeader _header = new();
    private BootRecord _record = null!;
    private Deterioration _detection = null!;

    public FleetNode(string home, int index, Household household, DetectionSettings settings)
    {
        HomePlan plan = household.Plan;
        _home = household;
        _house = household.Nodes[index];
        _settings = settings;
        _random = new SeededRandom((plan.Script.Seed * 104_729L) + index);
        _phase = 1 + (int)(_random.Next() * (plan.WindowSeconds - 3));
        _offUntil = household.Calendar.Start;
        _ends = new NodeEnds(_home, _house, index, _random);
        _line = new NodeLine(home, _house, household, _random);
        _servingAp = plan.HasKey ? NewHash().OfAddress(_house.Uplink.Mac, 0) : AddressHash.None;
    }

    public string Name => _house.Script.Name;

    public NodeLine Line => _line;

    /// <summary>When it had no power, oldest first.</summary>
    public IReadOnlyList<Span> Off => _off;

    /// <summary>Reports closed in all boots.</summary>
    public long Produced { get; private set; }

    /// <summary>Reports that ended with a boot before anybody had heard of them.</summary>
    public long Unheard => _line.Unheard;

    public long UptimeMs => (_now - _bootAt) * 1000;

    public uint UnixSeconds => _house.Plan.KnowsTime && _line.HasBeenOnline ? (uint)_now : 0;

    /// <summary>Lives through one window and says what there is to say.</summary>
    public void Live(int window, WindowDesk desk, Action<FleetMessage> say)
    {
        _desk = desk;
        _line.Desk = desk;
        // Nodes close their windows at different moments, all of them within the window that the home lives through.
        long end = _home.Calendar.At(window) + _phase, at = end - _home.Calendar.WindowSeconds;
        _house.IsRunning = _isRunning || _offUntil < end;
        while (at < end)
        {
            if (!_isRunning)
            {
                if (_offUntil >= end)
                {
                    break;
                }

                Boot(Math.Max(at, _offUntil));
                at = _bootAt;
            }

            NodeEnd? ended = _ends.Next(at, end, _bootAt, _record.IsSafeMode);
            TryAgain(at, ended?.At ?? end, say);
            at = ended?.At ?? end;
            if (ended == null)
            {
                Close(end, say);
            }
            else
            {
                End(ended, say);
            }
        }

        _now = end;
        if (_isRunning)
        {
            _line.Connect(end, say);
        }

        _line.Send(end, say);
    }

    // What is back within a window is not away for all of it.
    private void TryAgain(long from, long to, Action<FleetMessage> say)
    {
        const int Seconds = 30;
        for (long at = from + Seconds; at < to && _line.HasBeenOnline && !_line.IsOnline; at += Seconds)
        {
            _now = at;
            _line.Connect(at, say);
            _line.Send(at, say);
        }
    }

    /// <summary>Asks again for the collector's word on what it has sent.</summary>
    public void Insist(WindowDesk desk, Action<FleetMessage> say)
    {
        _line.Desk = desk;
        _line.Insist(_now, say);
    }

    /// <summary>Goes off line for good.</summary>
    public void Leave(Action<FleetMessage> say) => _line.Leave(_now, say);

    private AddressHash NewHash()
    {
        byte[] key = new byte[Limits.HomeKeyBytes];
        BitConverter.TryWriteBytes(key, _home.Plan.Script.Seed);
        return new AddressHash(key);
    }

    private void Boot(long at)
    {
        _isRunning = true;
        _house.IsRunning = true;
        _bootAt = at;
        _now = at;
        _windowFrom = at;
        _windows = 0;
        _record = new BootRecord(_flash);
        _record.Begin(_house.Plan.IsStock ? 0 : _cause, _home.Plan.WindowSeconds, new Random((int)_random.Bits()));
        _header = new ReportHeader { BootId = _record.BootId };
        _header.Losses.Restarts = _record.Restarts;
        _header.Losses.RestartSeconds = _record.RestartSeconds;
        _detection = new Deterioration(this, _record.BootId, _settings);
        if (_home.Plan.HasKey)
        {
            _detection.Use(NewHash());
        }

        if (_hasLearned)
        {
            _detection.Load(_learned, SavedState.Bytes);
        }

        _ends.Booted(at, _cause);
        _line.Booted(at, new BootedNode(this, _record, _detection.Events, _home.Plan.HasKey ? NewHash() : null, _house.Plan.IsStock ? 0 : _cause));
    }

    private void End(NodeEnd ended, Action<FleetMessage> say)
    {
        if (ended.IsPlanned)
        {
            Close(ended.At, say);
            _record.End(ended.Words!, isSafe: true);
            _hasLearned = _detection.Save(_learned) > 0;
        }
        else if (ended.Words != null)
        {
            _record.Fail(ended.Words);
        }

        _now = ended.At;
        _record.Tick(UptimeMs);
        _cause = ended.ResetCause;
        _offUntil = ended.At + RestartSeconds + ended.OffSeconds;
        _isRunning = false;
        if (ended.OffSeconds > 0)
        {
            _off.Add(new Span(ended.At, _offUntil));
        }

        _line.Ended(ended.At, ended.IsPlanned);
    }

    // In safe mode nobody samples.
    private void Close(long end, Action<FleetMessage> say)
    {
        _now = end;
        _record.Tick(UptimeMs);
        if (_record.IsSafeMode)
        {
            _line.Connect(end, say);
            return;
        }

        if (end <= _windowFrom)
        {
            return;
        }

        Fill(end);
        _line.Connect(end, say);
        Write(end);
        _detection.WindowClosed(_desk.Window, UptimeMs / 1000);
        if (_detection.IsDirty)
        {
            _hasLearned = _detection.Save(_learned) > 0;
        }

        _windowFrom = end;
        _windows++;
    }

    private void Fill(long end)
    {
        var time = new Span(_windowFrom, end);
        _desk.Window.Restart(_windowFrom - _bootAt);
        _house.Fill(_desk, _windowFrom - _bootAt, time);
        _line.TakeRoundTrips(_desk.Window, end);
        if (_servingAp != AddressHash.None && _windows % Limits.ApStatedEvery == 0 && _desk.Window.Link.IsMeasured)
        {
            _desk.Window.Link.StateAp(_servingAp);
        }

        int managed = ManagedFreeKib - (int)(3 * _random.Next());
        _desk.Window.AddHealth(managed, _house.Plan.IsStock ? managed + 20 : _ends.NativeFreeKib(end) - (int)(4 * _random.Next()));
    }

    private void Write(long end)
    {
        _header.SpanSeconds = (uint)(end - _windowFrom);
        _header.BootTime = BootTimeOf();
        _header.SentBytes = _line.TakeSentBytes();
        _header.ThreadRestarts = _ends.TakeThreadRestarts();
        _header.Losses.SamplesMissed += _ends.TakeSamplesMissed();
        RadioSource source = _house.Plan.IsStock ? RadioSource.StockScan : RadioSource.Native;
        bool isWritten = _desk.Writer.WriteFirst(NextHeader(), _desk.Window, source);
        Hold(isWritten, _header.SpanSeconds, end);
        for (uint part = 1; _desk.Writer.HasMore; part++)
        {
            Hold(_desk.Writer.WriteNext(NextHeader(), _desk.Window, source, part), 0, end);
        }
    }

    private uint BootTimeOf()
    {
        uint unix = UnixSeconds;
        return unix == 0 ? 0 : unix - (uint)(UptimeMs / 1000);
    }

    private ReportHeader NextHeader()
    {
        _line.CopyLosses(_header.Losses);
        _header.Sequence++;
        _header.ResetCause = _header.Sequence == 1 && !_house.Plan.IsStock ? (uint)_cause : 0;
        return _header;
    }

    private void Hold(bool isWritten, uint span, long end)
    {
        if (!isWritten)
        {
            throw new InvalidOperationException("a report does not fit, which the firmware rules out");
        }

        Produced++;
        byte[] report = _desk.Writer.Buffer.AsSpan(0, _desk.Writer.Length).ToArray();
        _line.Hold(_header.BootId, _header.Sequence, span, report, end);
    }

    /// <summary>Flash with room for the one file that a boot record needs.</summary>
    private sealed class OneFile : IFlash
    {
        private byte[]? _file;

        public int Read(string name, int offset, byte[] buffer, int count)
        {
            if (_file == null)
            {
                return FlashStatus.Missing;
            }

            int read = Math.Min(count, _file.Length - offset);
            Array.Copy(_file, offset, buffer, 0, read);
            return read;
        }

        public bool Append(string name, byte[] data, int count) => false;

        public bool Replace(string name, byte[] data, int count)
        {
            _file = data.AsSpan(0, count).ToArray();
            return true;
        }

        public bool Delete(string name)
        {
            _file = null;
            return true;
        }
    }
}
