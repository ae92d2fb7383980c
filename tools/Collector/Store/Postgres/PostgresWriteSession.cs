using System.Data;
using GatewayAgent.Collector.Ingest;
using GatewayAgent.Protocol;
using Npgsql;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>
/// One of the writers of a PostgreSQL database. What a batch needs is read set by set at its beginning, with its boots locked; what it adds is written
/// set by set at its end. After a failure the connection is made anew.
/// </summary>
internal sealed class PostgresWriteSession : IWriteSession
{
    /// <summary>Collectors count in rows of different numbers, mostly: those of one row wait for each other's commits.</summary>
    private const int Shards = 64;

    private readonly PostgresDatabase _database;
    private readonly BootBatch _boots;
    private readonly ReportBatch _reports = new();
    private readonly KeptAsideBatch _keptAside;
    private readonly LatestBatch _latest = new();
    private readonly List<(Boot Boot, EventIntake Intake)> _events = [];
    private readonly HashSet<(long BootKey, uint Sequence)> _knownEvents = [];
    private readonly HashSet<long> _days = [];
    private readonly long _assessEveryMs;
    private readonly long _shard = Random.Shared.Next(Shards);
    private Dictionary<long, uint>? _retired;
    private long _nowMs;
    private bool _areGapsRead;
    private bool _wasLost;
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    /// <exception cref="CollectorStoreException">It cannot be reached, or is no store of this version.</exception>
    public PostgresWriteSession(PostgresDatabase database, CollectorOptions options)
    {
        _database = database;
        _boots = new BootBatch(options.RememberedBoots);
        _keptAside = new KeptAsideBatch(options.KeptAside);
        _assessEveryMs = (long)options.AssessEvery.TotalMilliseconds;
        try
        {
            database.Check(make: true);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private NpgsqlConnection Connection => _connection ??= _database.OpenForBatches();

    public CollectorCounters LoadCounters() => CollectorStore.CountersOf(Connection);

    public void Begin(IReadOnlyList<Intake> batch)
    {
        Reset();
        if (IsLost(_connection))
        {
            RollBack();
        }

        MakePartitions(batch);
        _transaction = Connection.BeginTransaction();
        var nodes = new List<NodeTopic>();
        var boots = new List<(NodeTopic Node, uint BootId)>();
        foreach (Intake intake in batch)
        {
            if (Node(intake) is { } node)
            {
                nodes.Add(node.Node);
                if (node.BootId is { } bootId)
                {
                    boots.Add((node.Node, bootId));
                }
            }
        }

        _nowMs = batch.Count == 0 ? 0 : batch[0].ReceivedAtMs;
        _boots.Load(Connection, nodes, boots, _nowMs);
        _reports.Load(Connection, batch.OfType<ReportIntake>().Select(intake => (BootOf(intake.Node, intake.Report.BootId), BatchWriter.RangeOf(intake.Report))));
        LoadEvents(batch);
    }

    public Boot BootOf(NodeTopic node, uint bootId) => _boots.Of(node, bootId);

    public IReadOnlyList<StoredReport> Sharing(Boot boot, SequenceRange range) => _reports.Sharing(boot, range);

    // Read after the reports: one that was dropped before they were read is known here.
    public uint RetiredThrough(Boot boot)
    {
        _retired ??= LoadRetired();
        return _retired.GetValueOrDefault(boot.Key);
    }

    public uint? EndOfSettled(Boot boot, uint sequence)
    {
        if (!_areGapsRead)
        {
            _areGapsRead = true;
            _reports.LoadBeyond(Connection, [.. _boots.Boots.Where(known => known.HasGap)]);
        }

        uint? end = KnownEnd(boot, sequence);
        if (end == null && !_reports.IsRead(boot, sequence))
        {
            _reports.LoadBeyond(Connection, [boot]);
            end = KnownEnd(boot, sequence);
        }

        return end;
    }

    public void Add(Boot boot, SequenceRange range, ReportIntake intake) => _reports.Add(Connection, boot, range, intake);

    public void Remove(Boot boot, StoredReport report) => _reports.Remove(boot, report);

    public bool Add(Boot boot, EventIntake intake)
    {
        if (!_knownEvents.Add((boot.Key, intake.Event.Sequence)))
        {
            return false;
        }

        _events.Add((boot, intake));
        return true;
    }

    public void Save(StateIntake intake) => _latest.Add(_boots.NodeKeyOf(intake.Node), intake);

    public void Save(ControlIntake intake) => _latest.Add(_boots.NodeKeyOf(intake.Node), intake);

    public bool IsKeptAside(Boot boot, SequenceRange range) => _keptAside.Holds(Connection, _boots.Boots, boot, range);

    public void KeepAside(Intake intake, string reason, Boot? boot, SequenceRange range) => _keptAside.Add(intake, reason, boot, range);

    public FlushResult Flush(IReadOnlyCollection<Boot> boots, IReadOnlyCollection<StaleHour> hours, IReadOnlyCollection<string> homes)
    {
        _reports.Write(Connection);
        List<Intake> news = _latest.Write(Connection);
        int dropped = _keptAside.Write(Connection);
        WriteBoots(boots);
        HastenHomes([.. homes, .. news.OfType<StateIntake>().Select(state => state.Node.Home)]);
        WriteHours(hours);
        WriteEvents();
        return new FlushResult(dropped, [.. news.OfType<ControlIntake>()]);
    }

    public void Commit(CollectorCounters counted)
    {
        (string Name, long Value)[] changed = [.. CounterNames.Rows(counted).Where(row => row.Value != 0)];
        using (var add = new BatchCommand(
            Connection,
            """
            INSERT INTO counters SELECT $1, name, value FROM unnest($2, $3) AS w (name, value) ORDER BY name
            ON CONFLICT (shard, name) DO UPDATE SET value = counters.value + excluded.value
            """))
        {
            add.With(_shard).With([.. changed.Select(row => row.Name)]).With([.. changed.Select(row => row.Value)]).Run();
        }

        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
    }

    // Whatever state the connection is in: another one is none the wiser.
    public void RollBack()
    {
        _boots.Forget();
        _days.Clear();
        _wasLost = IsLost(_connection);
        try
        {
            _transaction?.Dispose();
            _connection?.Dispose();
        }
        catch (Exception e) when (PostgresDatabase.IsPassing(e) || e is InvalidOperationException)
        {
            // It was lost.
        }

        _transaction = null;
        _connection = null;
    }

    // A connection that is found to be lost between two statements is no failure of the second.
    public bool IsWorthAnotherTry(Exception failure) =>
        PostgresDatabase.IsPassing(failure) || (_wasLost && failure is InvalidOperationException);

    public void Dispose()
    {
        RollBack();
        _database.Dispose();
    }

    private static bool IsLost(NpgsqlConnection? connection) => connection is { State: not ConnectionState.Open };

    private void Reset()
    {
        _keptAside.Reset();
        _latest.Reset();
        _events.Clear();
        _knownEvents.Clear();
        _retired = null;
        _areGapsRead = false;
    }

    private static (NodeTopic Node, uint? BootId)? Node(Intake intake) => intake switch
    {
        ReportIntake report => (report.Node, report.Report.BootId),
        EventIntake e => (e.Node, e.Event.BootId),
        StateIntake state => (state.Node, null),
        ControlIntake control => (control.Node, null),
        RefusedIntake { Key: { } key } => (key.Node, key.Report.BootId),
        _ => null,
    };

    // Today's tables and tomorrow's; a clock that is wrong has days of its own.
    private void MakePartitions(IReadOnlyList<Intake> batch)
    {
        foreach (Intake intake in batch)
        {
            long day = Partitions.DayOf(intake.ReceivedAtMs);
            foreach (long needed in (ReadOnlySpan<long>)[day, day + 1])
            {
                if (_days.Add(needed))
                {
                    Partitions.Make(Connection, needed);
                }
            }
        }
    }

    private void LoadEvents(IReadOnlyList<Intake> batch)
    {
        (Boot Boot, uint Sequence)[] told = [.. batch.OfType<EventIntake>().Select(intake => (BootOf(intake.Node, intake.Event.BootId), intake.Event.Sequence))];
        if (told.Length == 0)
        {
            return;
        }

        using var find = new BatchCommand(
            Connection,
            "SELECT e.boot_key, e.sequence FROM unnest($1, $2) AS w (boot_key, sequence) JOIN events e ON e.boot_key = w.boot_key AND e.sequence = w.sequence");
        find.With([.. told.Select(e => e.Boot.Key)]).With([.. told.Select(e => (long)e.Sequence)]);
        _knownEvents.UnionWith(find.Rows(row => (row.GetInt64(0), (uint)row.GetInt64(1))));
    }

    private Dictionary<long, uint> LoadRetired()
    {
        using var find = new BatchCommand(Connection, "SELECT boot_key, through FROM retired WHERE boot_key = ANY ($1)");
        return find.With([.. _boots.Boots.Select(boot => boot.Key)]).Rows(row => (row.GetInt64(0), (uint)row.GetInt64(1))).ToDictionary();
    }

    private uint? KnownEnd(Boot boot, uint sequence) =>
        _reports.EndOf(boot, sequence)
        ?? _keptAside.EndOf(Connection, _boots.Boots, boot, sequence)
        ?? (RetiredThrough(boot) is var retired && retired >= sequence ? retired : null);

    private void WriteBoots(IReadOnlyCollection<Boot> boots)
    {
        if (boots.Count == 0)
        {
            return;
        }

        using var update = new BatchCommand(
            Connection,
            """
            UPDATE boots b SET acked_through = w.acked, highest = w.highest, started_ms = w.started, started_stated = w.stated, last_received_ms = w.received, mood = w.mood
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS w (boot_key, acked, highest, started, stated, received, mood) WHERE b.boot_key = w.boot_key
            """);
        update
            .With([.. boots.Select(boot => boot.Key)])
            .With([.. boots.Select(boot => (long)boot.AckedThrough)])
            .With([.. boots.Select(boot => (long)boot.Highest)])
            .WithNullable([.. boots.Select(boot => boot.StartedMs)])
            .With([.. boots.Select(boot => boot.IsStartStated ? 1L : 0L)])
            .With([.. boots.Select(boot => boot.LastReceivedMs)])
            .With([.. boots.Select(boot => (long)boot.Mood)])
            .Run();
    }

    // Locked in their order, and before hours, as assessors do.
    private void HastenHomes(string[] homes)
    {
        if (homes.Length == 0)
        {
            return;
        }

        using var hasten = new BatchCommand(
            Connection,
            """
            UPDATE homes SET due_ms = greatest($2, coalesce(assessed_at_ms, 0) + $3)
            FROM (SELECT home FROM homes WHERE home = ANY ($1) ORDER BY home FOR UPDATE) w
            WHERE homes.home = w.home AND due_ms > greatest($2, coalesce(assessed_at_ms, 0) + $3)
            """);
        hasten.With(homes).With(_nowMs).With(_assessEveryMs).Run();
    }

    // In the order in which assessors lock them.
    private void WriteHours(IReadOnlyCollection<StaleHour> hours)
    {
        if (hours.Count == 0)
        {
            return;
        }

        using var mark = new BatchCommand(
            Connection,
            """
            INSERT INTO stale_hours SELECT node_key, hour, 0 FROM unnest($1, $2) AS w (node_key, hour) ORDER BY node_key, hour
            ON CONFLICT (node_key, hour) DO UPDATE SET taken = 0 WHERE stale_hours.taken <> 0
            """);
        mark.With([.. hours.Select(hour => hour.NodeKey)]).With([.. hours.Select(hour => hour.Hour)]).Run();
    }

    // Those who follow events ask for what comes after a key: none may appear below one that was seen. Hence one commit with events at a time.
    private void WriteEvents()
    {
        if (_events.Count == 0)
        {
            return;
        }

        PostgresDatabase.Execute(Connection, $"SELECT pg_advisory_xact_lock({PostgresDatabase.EventLock})");
        CopyWriter.Write(
            Connection,
            "events (boot_key, sequence, metric, recovered, at_s, since_s, boot_time, baseline, now, magnitude, received_at_ms, payload)",
            _events,
            (copy, row) =>
            {
                Event e = row.Intake.Event;
                copy.Put(row.Boot.Key).Put(e.Sequence).Put((long)e.Metric).Put(e.Recovered ? 1L : 0L)
                    .Put(e.AtS).Put(e.SinceS).Put(e.HasBootTime ? e.BootTime : (long?)null)
                    .Put((long)e.Baseline).Put((long)e.Now).Put(e.Magnitude)
                    .Put(row.Intake.ReceivedAtMs).Put(row.Intake.Payload);
            });
    }
}
