using System.Data.Common;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Ingest;

/// <summary>
/// Writes messages to a store of any kind. A batch is one transaction: its rows, what may be acknowledged, the hours that are to be made anew and
/// the counters are on disk together or not at all. Not thread-safe but for <see cref="Counters"/>.
/// </summary>
internal sealed class BatchWriter : IDisposable
{
    private readonly IWriteSession _session;
    private readonly TimeSpan _keepReports;
    private readonly HashSet<Boot> _changed = [];
    private readonly HashSet<Boot> _toAcknowledge = [];
    private readonly HashSet<StaleHour> _staleHours = [];
    private readonly HashSet<string> _toAssess = [];
    private readonly Lock _countersLock = new();
    private CollectorCounters _counting;
    private CollectorCounters _committed;

    /// <exception cref="CollectorStoreException">The store is in use, or is something else.</exception>
    public BatchWriter(CollectorOptions options)
    {
        _keepReports = options.KeepReports;
        var address = StoreAddress.Parse(options.Database);
        _session = address.OpenForWriting(options);
        try
        {
            _committed = _session.LoadCounters();
        }
        catch (Exception e)
        {
            _session.Dispose();
            throw e is DbException ? new CollectorStoreException($"{address}: {e.Message}", e) : e;
        }
    }

    /// <summary>Counters of the store as of the last commit here. From any thread.</summary>
    public CollectorCounters Counters
    {
        get
        {
            lock (_countersLock)
            {
                return _committed;
            }
        }
    }

    /// <summary>Answers to configurations and commands that were news in the last batch; valid until the next.</summary>
    public IReadOnlyList<ControlIntake> Answers { get; private set; } = [];

    /// <summary>Stores a batch; on return it is on disk.</summary>
    /// <returns>The boots whose nodes are to be told how far they are acknowledged, each once; valid until the next call.</returns>
    /// <exception cref="Exception">Nothing of the batch was stored, or the store did not answer whether it was; it can be written again.</exception>
    public IReadOnlyCollection<Boot> Write(IReadOnlyList<Intake> batch)
    {
        Reset();
        try
        {
            _session.Begin(batch);
            foreach (Intake intake in batch)
            {
                _counting.Received++;
                Take(intake);
            }

            foreach (Boot boot in _toAcknowledge)
            {
                AdvanceOverGaps(boot);
            }

            FlushResult flushed = _session.Flush(_changed, _staleHours, _toAssess);
            _counting.RejectedDropped += flushed.RejectedDropped;
            _session.Commit(_counting);
            Answers = flushed.News;
        }
        catch
        {
            _session.RollBack();
            throw;
        }

        lock (_countersLock)
        {
            _committed += _counting;
        }

        return _toAcknowledge;
    }

    /// <summary>Whether a batch that failed so may succeed when it is written again.</summary>
    public bool IsWorthAnotherTry(Exception failure) => _session.IsWorthAnotherTry(failure);

    /// <summary>What a report covers.</summary>
    public static SequenceRange RangeOf(Report report) => new(report.Sequence - report.Merged, report.Sequence);

    public void Dispose() => _session.Dispose();

    private void Reset()
    {
        _counting = default;
        _changed.Clear();
        _toAcknowledge.Clear();
        _staleHours.Clear();
        _toAssess.Clear();
        Answers = [];
    }

    private void Take(Intake intake)
    {
        switch (intake)
        {
            case ReportIntake report:
                TakeReport(report);
                break;
            case EventIntake e:
                TakeEvent(e);
                break;
            case StateIntake state:
                TakeState(state);
                break;
            case ControlIntake control:
                _session.Save(control);
                _counting.Controls++;
                break;
            case RefusedIntake refused:
                TakeRefused(refused);
                break;
        }
    }

    private void TakeReport(ReportIntake intake)
    {
        Boot boot = Touch(intake.Node, intake.Report.BootId, intake);
        SequenceRange range = RangeOf(intake.Report);
        bool isAbove = range.First > boot.Highest;
        IReadOnlyList<StoredReport> stored = isAbove ? [] : _session.Sharing(boot, range);
        switch (Placements.Of(range, stored, isAbove ? 0 : _session.RetiredThrough(boot)))
        {
            case Placement.New:
                Feel(intake, boot, isAbove);
                Store(intake, boot, range);
                break;
            case Placement.Supersedes:
                Replace(stored, boot);
                Store(intake, boot, range);
                break;
            case Placement.Duplicate:
                _counting.Duplicates++;
                break;
            case Placement.Overlap:
                string what = stored.Count == 0 ? "one that was stored and dropped by age" : $"{stored[0].Range.First}–{stored[0].Range.Last}, which is stored";
                KeepAside(intake, $"sequence {range.First}–{range.Last}: holds a part of {what}", boot, range);
                break;
        }

        // Also after a duplicate: that it was sent again shows that the node has not seen the acknowledgement.
        boot.DeclareGoneBefore(Floor(intake.Report, range));
        boot.Settle(range);
        _toAcknowledge.Add(boot);
    }

    // What came late, and parts of a window, say nothing of how it is now.
    private void Feel(ReportIntake intake, Boot boot, bool isNewest)
    {
        Report report = intake.Report;
        if (isNewest && !report.Replayed && report.Part == 0 && boot.Feel(HomeInsight.IsBad(new NodeWindow(default, report, intake.Rows))))
        {
            _toAssess.Add(boot.Home);
        }
    }

    private Boot Touch(NodeTopic node, uint bootId, Intake intake)
    {
        Boot boot = _session.BootOf(node, bootId);
        boot.Receive(intake.ReceivedAtMs);
        _changed.Add(boot);
        return boot;
    }

    private void Store(ReportIntake intake, Boot boot, SequenceRange range)
    {
        Report report = intake.Report;
        if (boot.LearnStart(report, intake.ReceivedAtMs) is { } before)
        {
            MarkAll(boot, before, intake.ReceivedAtMs);
        }

        long startMs = WindowTime.StartOf(
            report.HasBootTime ? report.BootTime : null, report.StartS, report.SpanS, intake.ReceivedAtMs, boot.StartedMs!.Value);
        _staleHours.Add(new StaleHour(boot.NodeKey, WindowTime.HourOf(startMs, report.SpanS)));
        _session.Add(boot, range, intake);
        _counting.Stored++;
    }

    // Their hours lose them.
    private void Replace(IReadOnlyList<StoredReport> stored, Boot boot)
    {
        foreach (StoredReport report in stored)
        {
            _session.Remove(boot, report);
            _staleHours.Add(new StaleHour(boot.NodeKey, report.HourOf(boot.StartedMs ?? 0)));
        }

        _counting.Superseded += stored.Count;
    }

    // The boot began at another moment than was thought, so its reports may lie in other hours, which they leave and come to.
    private void MarkAll(Boot boot, long startedBeforeMs, long receivedAtMs)
    {
        long earliest = Math.Max(Math.Min(startedBeforeMs, boot.StartedMs!.Value), receivedAtMs - (long)_keepReports.TotalMilliseconds);
        for (long hour = WindowTime.HourOf(earliest, 0); hour <= WindowTime.HourOf(receivedAtMs + WindowTime.ClockErrorMs, 0); hour++)
        {
            _staleHours.Add(new StaleHour(boot.NodeKey, hour));
        }
    }

    // An overlap is counted as such; anything kept aside twice is a duplicate the second time.
    private void KeepAside(Intake intake, string reason, Boot boot, SequenceRange range)
    {
        if (_session.IsKeptAside(boot, range))
        {
            _counting.Duplicates++;
            return;
        }

        _session.KeepAside(intake, reason, boot, range);
        if (intake is ReportIntake)
        {
            _counting.Overlaps++;
        }
        else
        {
            _counting.Rejected++;
        }
    }

    // A report that is told by a sound key, but whose contents cannot be, is acknowledged once it is kept aside: the same bytes would be
    // refused each time, and the node would send them until its outbox is full of them. What it says of its backlog is not believed.
    private void TakeRefused(RefusedIntake intake)
    {
        if (intake.Key is not { } key)
        {
            _session.KeepAside(intake, intake.Reason, null, default);
            _counting.Rejected++;
            return;
        }

        Boot boot = Touch(key.Node, key.Report.BootId, intake);
        SequenceRange range = RangeOf(key.Report);
        KeepAside(intake, intake.Reason, boot, range);
        boot.Settle(range);
        _toAcknowledge.Add(boot);
    }

    private void TakeEvent(EventIntake intake)
    {
        if (_session.Add(Touch(intake.Node, intake.Event.BootId, intake), intake))
        {
            _counting.Events++;
            _toAssess.Add(intake.Node.Home);
        }
        else
        {
            _counting.EventDuplicates++;
        }
    }

    // Without a payload it is the broker telling that the retained message was cleared: nothing to keep.
    private void TakeState(StateIntake intake)
    {
        if (intake.Payload.Length > 0)
        {
            _session.Save(intake);
        }

        _counting.States++;
    }

    private void AdvanceOverGaps(Boot boot)
    {
        while (boot.HasGap)
        {
            uint next = boot.AckedThrough + 1;
            if (_session.EndOfSettled(boot, next) is not { } end)
            {
                return;
            }

            boot.Settle(new SequenceRange(next, end));
        }
    }

    /// <summary>Nothing older will be sent again; 0 = nothing is said.</summary>
    private static uint Floor(Report report, SequenceRange range) => report.Backlog >= range.First ? 0 : range.First - report.Backlog;
}
