using GatewayAgent.Collector.Store;
using GatewayAgent.Insight;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Bench.Diagnosis;

/// <summary>What a collector has of one node, in memory: reports placed in time as it places them, hours made of them, states and events.</summary>
internal sealed class NodeDiary(string node)
{
    private const long KeptMs = 3 * 24 * WindowTime.HourMs; // windows longer ago are only in their hours

    private readonly Dictionary<uint, BootDiary> _boots = [];
    private readonly SortedDictionary<long, NodeHour> _hours = [];
    private readonly HashSet<long> _stale = [];
    private readonly List<Stored> _windows = [];
    private readonly List<NodeNotice> _notices = [];
    private State? _birth;
    private State.Types.Status? _status;
    private DateTimeOffset? _statusSince;
    private long _lastMs;

    /// <summary>Takes a message.</summary>
    /// <returns>What to acknowledge; null = nothing.</returns>
    public Ack? Take(string leaf, byte[] payload, long receivedMs)
    {
        _lastMs = Math.Max(_lastMs, receivedMs);
        switch (leaf)
        {
            case Topics.Report:
                return TakeReport(payload, receivedMs);
            case Topics.Event:
                TakeEvent(Sound(PayloadReader.ReadEvent(payload)), receivedMs);
                return null;
            default:
                TakeState(Sound(PayloadReader.ReadState(payload)), receivedMs);
                return null;
        }
    }

    public NodeFacts Facts(DateTimeOffset from, DateTimeOffset now)
    {
        long nowMs = now.ToUnixTimeMilliseconds();
        MakeHours(nowMs);
        return new NodeFacts
        {
            Node = node,
            Birth = _birth,
            Status = _status,
            StatusSince = _statusSince,
            LastReceived = _lastMs == 0 ? null : WindowTime.Moment(_lastMs),
            Hours = [.. _hours.Values.Where(hour => hour.Start >= from)],
            Windows = [.. Joined(_windows.Where(window => window.EndMs > nowMs - (2 * 24 * WindowTime.HourMs)))],
            Notices = [.. _notices.Where(notice => notice.At >= from)],
        };
    }

    private static T Sound<T>(Reading<T> reading)
        where T : class, IMessage<T> =>
        reading is { IsSound: true, Message: { } message } ? message : throw new InvalidOperationException($"refused: {reading.Reason}");

    private Ack? TakeReport(byte[] payload, long receivedMs)
    {
        ReportReading reading = PayloadReader.ReadReport(payload);
        Report report = Sound(reading);
        if (!_boots.TryGetValue(report.BootId, out BootDiary? boot))
        {
            _boots.Add(report.BootId, boot = new BootDiary());
        }

        if (boot.Settle(report))
        {
            Place(boot, report, reading.Rows, receivedMs);
        }

        return new Ack { BootId = report.BootId, Sequence = boot.Through };
    }

    private void Place(BootDiary boot, Report report, IReadOnlyList<HeardRow> rows, long receivedMs)
    {
        long? stated = WindowTime.StatedBoot(report, receivedMs);
        long estimated = WindowTime.EstimatedBoot(report, receivedMs);
        if (boot.Learn(stated, estimated, WindowTime.EstimateSlackMs))
        {
            foreach (Stored before in _windows.Where(window => window.Boot == boot))
            {
                _stale.Add(before.Hour);
                before.Place();
                _stale.Add(before.Hour);
            }
        }

        var stored = new Stored(boot, report, rows);
        stored.Place();
        _windows.Add(stored);
        _stale.Add(stored.Hour);
    }

    private void TakeEvent(Event e, long receivedMs)
    {
        long heldS = Math.Max(0, (long)e.AtS - e.SinceS) + e.BeforeBootS;
        _notices.Add(new NodeNotice(WindowTime.Moment(receivedMs), WindowTime.Moment(receivedMs - (heldS * 1000)), e));
    }

    private void TakeState(State state, long receivedMs)
    {
        _birth = state.Status == State.Types.Status.Online ? state : _birth;
        _status = state.Status;
        _statusSince = WindowTime.Moment(receivedMs);
    }

    private void MakeHours(long nowMs)
    {
        foreach (IGrouping<long, Stored> hour in _windows.Where(window => _stale.Contains(window.Hour)).GroupBy(window => window.Hour))
        {
            DateTimeOffset start = WindowTime.HourStart(hour.Key);
            _hours[hour.Key] = HomeInsight.HourOf(start, [.. Joined(hour)], _birth);
            _stale.Remove(hour.Key);
        }

        // Hours from which windows have moved away.
        foreach (long hour in _stale)
        {
            _hours.Remove(hour);
        }

        _stale.Clear();
        _windows.RemoveAll(window => window.EndMs < nowMs - KeptMs);
    }

    // Parts of a window are one.
    private static IEnumerable<NodeWindow> Joined(IEnumerable<Stored> windows) => windows
        .GroupBy(window => (window.Boot, window.Report.StartS, window.Report.SpanS))
        .Select(parts => Join([.. parts.OrderBy(part => part.Report.Part)]))
        .OrderBy(window => window.Start);

    private static NodeWindow Join(List<Stored> parts) =>
        new(WindowTime.Moment(parts[0].StartMs), WindowParts.Join(parts[0].Report, parts.Skip(1).Select(part => part.Report)), [.. parts.SelectMany(part => part.Rows)], !parts[0].Boot.IsStated);

    private sealed class Stored(BootDiary boot, Report report, IReadOnlyList<HeardRow> rows)
    {
        public BootDiary Boot => boot;

        public Report Report => report;

        public IReadOnlyList<HeardRow> Rows => rows;

        public long StartMs { get; private set; }

        public long EndMs => StartMs + (report.SpanS * 1000L);

        public long Hour => WindowTime.HourOf(StartMs, report.SpanS);

        public void Place() => StartMs = boot.StartedMs + (report.StartS * 1000L);
    }

    /// <summary>A boot: when it began, and how far its reports are there without a gap.</summary>
    private sealed class BootDiary
    {
        private readonly SortedSet<uint> _beyond = [];

        public long StartedMs { get; private set; } = long.MaxValue;

        public bool IsStated { get; private set; }

        public uint Through { get; private set; }

        /// <summary>Takes what a report tells of the boot's beginning.</summary>
        /// <returns>True when that moves the reports before it.</returns>
        public bool Learn(long? stated, long estimated, long slack)
        {
            long before = StartedMs;
            if (stated is { } start)
            {
                (StartedMs, IsStated) = (start, true);
            }
            else if (!IsStated)
            {
                StartedMs = Math.Min(StartedMs, estimated);
            }

            bool moves = before != long.MaxValue && Math.Abs(StartedMs - before) > slack;
            StartedMs = moves || before == long.MaxValue || stated != null ? StartedMs : before;
            return moves;
        }

        /// <returns>False when it is there already.</returns>
        public bool Settle(Report report)
        {
            uint first = report.Sequence - report.Merged;
            if (report.Sequence <= Through || !_beyond.Add(report.Sequence))
            {
                return false;
            }

            for (uint sequence = first; sequence < report.Sequence; sequence++)
            {
                _beyond.Add(sequence);
            }

            Through = Math.Max(Through, first - report.Backlog - 1);
            _beyond.RemoveWhere(sequence => sequence <= Through);
            while (_beyond.Remove(Through + 1))
            {
                Through++;
            }

            return true;
        }
    }
}
