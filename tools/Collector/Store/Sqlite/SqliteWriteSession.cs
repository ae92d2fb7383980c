using GatewayAgent.Collector.Ingest;
using GatewayAgent.Protocol;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>The one writer of a SQLite file: each row is written when it is added, by a prepared statement.</summary>
internal sealed class SqliteWriteSession : IWriteSession
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
    private readonly StaleHourTable _staleHours;
    private readonly CounterTable _counters;
    private readonly Statement _hasten;
    private readonly long _assessEveryMs;
    private readonly List<ControlIntake> _news = [];
    private readonly HashSet<string> _toHasten = [];
    private long _nowMs;
    private int _rejectedDropped;

    /// <exception cref="CollectorStoreException">The store is in use, or the file is something else.</exception>
    public SqliteWriteSession(string path, CollectorOptions options)
    {
        _lock = new WriterLock(path);
        try
        {
            _connection = Database.OpenForWriting(path);
            _begin = new Statement(_connection, "BEGIN IMMEDIATE");
            _commit = new Statement(_connection, "COMMIT");
            _nodes = new NodeTable(_connection);
            _boots = new BootTable(_connection, _nodes, options.RememberedBoots);
            _reports = new ReportTable(_connection);
            _events = new EventTable(_connection);
            _states = new StateTable(_connection, _nodes);
            _controls = new ControlTable(_connection, _nodes);
            _rejected = new RejectedTable(_connection, options.KeptAside);
            _staleHours = new StaleHourTable(_connection);
            _counters = new CounterTable(_connection);
            _hasten = new Statement(
                _connection, "UPDATE homes SET due_ms = max(?2, coalesce(assessed_at_ms, 0) + ?3) WHERE home = ?1 AND due_ms > max(?2, coalesce(assessed_at_ms, 0) + ?3)");
            _assessEveryMs = (long)options.AssessEvery.TotalMilliseconds;
        }
        catch (Exception e)
        {
            _connection?.Dispose();
            _lock.Dispose();
            if (e is SqliteException)
            {
                // It says that it is ours, and lacks a table.
                throw new CollectorStoreException($"{path}: {e.Message}", e);
            }

            throw;
        }
    }

    public CollectorCounters LoadCounters() => CollectorStore.CountersOf(_connection);

    public void Begin(IReadOnlyList<Intake> batch)
    {
        _news.Clear();
        _rejectedDropped = 0;
        _boots.Trim();
        _toHasten.Clear();
        _nowMs = batch.Count == 0 ? 0 : batch[0].ReceivedAtMs;
        _nodes.NowMs = _nowMs;
        _begin.Run();
    }

    public Boot BootOf(NodeTopic node, uint bootId) => _boots.Of(node.Home, node.Node, bootId);

    public IReadOnlyList<StoredReport> Sharing(Boot boot, SequenceRange range) => _reports.Sharing(boot, range);

    public uint RetiredThrough(Boot boot) => _reports.RetiredThrough(boot);

    public uint? EndOfSettled(Boot boot, uint sequence)
    {
        if ((_reports.Holding(boot, sequence)?.Last ?? _rejected.EndOfRangeHolding(boot, sequence)) is { } end)
        {
            return end;
        }

        uint retired = _reports.RetiredThrough(boot);
        return retired >= sequence ? retired : null;
    }

    public void Add(Boot boot, SequenceRange range, ReportIntake intake) => _reports.Insert(boot, range, intake);

    public void Remove(Boot boot, StoredReport report) => _reports.Delete(report);

    public bool Add(Boot boot, EventIntake intake) => _events.Insert(boot, intake);

    public void Save(StateIntake intake)
    {
        if (_states.Save(intake))
        {
            _toHasten.Add(intake.Node.Home);
        }
    }

    public void Save(ControlIntake intake)
    {
        if (_controls.Save(intake))
        {
            _news.Add(intake);
        }
    }

    public bool IsKeptAside(Boot boot, SequenceRange range) => _rejected.Holds(boot, range);

    public void KeepAside(Intake intake, string reason, Boot? boot, SequenceRange range) =>
        _rejectedDropped += _rejected.Add(intake, reason, boot, range);

    public FlushResult Flush(IReadOnlyCollection<Boot> boots, IReadOnlyCollection<StaleHour> hours, IReadOnlyCollection<string> homes)
    {
        foreach (Boot boot in boots)
        {
            _boots.Save(boot);
        }

        foreach (StaleHour hour in hours)
        {
            _staleHours.Mark(hour);
        }

        _toHasten.UnionWith(homes);
        foreach (string home in _toHasten)
        {
            _hasten.Bind(1, home).Bind(2, _nowMs).Bind(3, _assessEveryMs).Run();
        }

        return new FlushResult(_rejectedDropped, [.. _news]);
    }

    public void Commit(CollectorCounters counted)
    {
        _counters.Add(counted);
        _commit.Run();
    }

    public void RollBack()
    {
        _boots.Forget();
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            Database.Execute(_connection, "ROLLBACK");
        }
    }

    public bool IsWorthAnotherTry(Exception failure) => failure is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_NOMEM,
    };

    public void Dispose()
    {
        foreach (IDisposable part in (IDisposable[])
            [_begin, _commit, _nodes, _boots, _reports, _events, _states, _controls, _rejected, _staleHours, _counters, _hasten, _connection, _lock])
        {
            part.Dispose();
        }
    }
}
