using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Ingest;

/// <summary>
/// The one writer of a store. A batch is one transaction: its rows, what may be acknowledged and the counters are on disk together or not
/// at all. Not thread-safe but for <see cref="Counters"/>.
/// </summary>
internal sealed class BatchWriter : IDisposable
{
    private readonly WriterLock _lock;
    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly NodeTable _nodes;
    private readonly BootTable _boots;
    private readonly ReportTable _reports;
    private readonly EventTable _events;
    private readonly StateTable _states;
    private readonly ControlTable _controls;
    private readonly RejectedTable _rejected;
    private readonly CounterTable _counterTable;
    private readonly HashSet<Boot> _touched = [];
    private readonly List<ControlIntake> _answers = [];
    private readonly Lock _countersLock = new();
    private CollectorCounters _counting;
    private CollectorCounters _committed;

    /// <exception cref="CollectorStoreException">The store is in use, or the file is something else.</exception>
    public BatchWriter(CollectorOptions options)
    {
        _lock = new WriterLock(options.Database);
        try
        {
            _connection = Database.OpenForWriting(options.Database);
            _begin = new Statement(_connection, "BEGIN IMMEDIATE");
            _commit = new Statement(_connection, "COMMIT");
            _nodes = new NodeTable(_connection);
            _boots = new BootTable(_connection, _nodes, options.RememberedBoots);
            _reports = new ReportTable(_connection);
            _events = new EventTable(_connection);
            _states = new StateTable(_connection, _nodes);
            _controls = new ControlTable(_connection, _nodes);
            _rejected = new RejectedTable(_connection, options.KeptAside);
            _counterTable = new CounterTable(_connection);
            _committed = CounterTable.Load(_connection);
        }
        catch (Exception e)
        {
            _connection?.Dispose();
            _lock.Dispose();
            if (e is SqliteException)
            {
                // It says that it is ours, and lacks a table.
                throw new CollectorStoreException($"{options.Database}: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>Counters as of the last commit. From any thread.</summary>
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
    public IReadOnlyList<ControlIntake> Answers => _answers;

    /// <summary>Stores a batch; on return it is on disk.</summary>
    /// <returns>The boots whose nodes are to be told how far they are acknowledged, each once; valid until the next call.</returns>
    /// <exception cref="SqliteException">Nothing of the batch was stored; it can be written again.</exception>
    public IReadOnlyCollection<Boot> Write(IReadOnlyList<Intake> batch)
    {
        _counting = _committed;
        _touched.Clear();
        _answers.Clear();
        _boots.Trim();
        try
        {
            _begin.Run();
            foreach (Intake intake in batch)
            {
                _counting.Received++;
                Take(intake);
            }

            foreach (Boot boot in _touched)
            {
                AdvanceOverGaps(boot);
                _boots.Save(boot);
            }

            _counterTable.Save(_counting);
            _commit.Run();
        }
        catch
        {
            RollBack();
            throw;
        }

        lock (_countersLock)
        {
            _committed = _counting;
        }

        return _touched;
    }

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])[_begin, _commit, _nodes, _boots, _reports, _events, _states, _controls, _rejected, _counterTable, _connection, _lock])
        {
            part.Dispose();
        }
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
                TakeControl(control);
                break;
            case RefusedIntake refused:
                TakeRefused(refused);
                break;
        }
    }

    private void TakeReport(ReportIntake intake)
    {
        Boot boot = _boots.Of(intake.Node.Home, intake.Node.Node, intake.Report.BootId);
        SequenceRange range = RangeOf(intake.Report);
        IReadOnlyList<StoredReport> stored = range.First > boot.Highest ? [] : _reports.Sharing(boot, range);
        switch (Placements.Of(range, stored))
        {
            case Placement.New:
                Store(intake, boot, range);
                break;
            case Placement.Supersedes:
                foreach (StoredReport report in stored)
                {
                    _reports.Delete(report);
                }

                _counting.Superseded += stored.Count;
                Store(intake, boot, range);
                break;
            case Placement.Duplicate:
                _counting.Duplicates++;
                break;
            case Placement.Overlap:
                KeepAside(intake, $"sequence {range.First}–{range.Last}: holds a part of {stored[0].Range.First}–{stored[0].Range.Last}, which is stored", boot, range);
                break;
        }

        // Also after a duplicate: that it was sent again shows that the node has not seen the acknowledgement.
        boot.DeclareGoneBefore(Floor(intake.Report, range));
        boot.Settle(range);
        _touched.Add(boot);
    }

    private void Store(ReportIntake intake, Boot boot, SequenceRange range)
    {
        _reports.Insert(boot, range, intake);
        _counting.Stored++;
    }

    // An overlap is counted as such; anything kept aside twice is a duplicate the second time.
    private void KeepAside(Intake intake, string reason, Boot boot, SequenceRange range)
    {
        if (_rejected.Holds(boot, range))
        {
            _counting.Duplicates++;
            return;
        }

        _counting.RejectedDropped += _rejected.Add(intake, reason, boot, range);
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
            _counting.RejectedDropped += _rejected.Add(intake, intake.Reason, null, default);
            _counting.Rejected++;
            return;
        }

        Boot boot = _boots.Of(key.Node.Home, key.Node.Node, key.Report.BootId);
        SequenceRange range = RangeOf(key.Report);
        KeepAside(intake, intake.Reason, boot, range);
        boot.Settle(range);
        _touched.Add(boot);
    }

    private void TakeEvent(EventIntake intake)
    {
        Boot boot = _boots.Of(intake.Node.Home, intake.Node.Node, intake.Event.BootId);
        if (_events.Insert(boot, intake))
        {
            _counting.Events++;
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
            _states.Save(intake);
        }

        _counting.States++;
    }

    private void TakeControl(ControlIntake intake)
    {
        if (_controls.Save(intake))
        {
            _answers.Add(intake);
        }

        _counting.Controls++;
    }

    private void AdvanceOverGaps(Boot boot)
    {
        while (boot.HasGap)
        {
            uint next = boot.AckedThrough + 1;
            uint? end = _reports.Holding(boot, next)?.Last ?? _rejected.EndOfRangeHolding(boot, next);
            if (end == null)
            {
                return;
            }

            boot.Settle(new SequenceRange(next, end.Value));
        }
    }

    private void RollBack()
    {
        _boots.Forget();
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            Database.Execute(_connection, "ROLLBACK");
        }
    }

    private static SequenceRange RangeOf(Report report) => new(report.Sequence - report.Merged, report.Sequence);

    /// <summary>Nothing older will be sent again; 0 = nothing is said.</summary>
    private static uint Floor(Report report, SequenceRange range) => report.Backlog >= range.First ? 0 : range.First - report.Backlog;
}
