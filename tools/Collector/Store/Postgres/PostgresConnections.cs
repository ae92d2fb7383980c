using System.Data;
using System.Data.Common;
using Npgsql;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>Connections to PostgreSQL, out of the pool of their database.</summary>
internal sealed class PostgresConnections : StoreConnections
{
    /// <summary>Then reports of a day are dropped although hours were not made of them.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromDays(7);

    private readonly PostgresDatabase _database;

    /// <exception cref="CollectorStoreException">It cannot be reached, or is no store of this version.</exception>
    public PostgresConnections(PostgresDatabase database)
        : base(database.Address)
    {
        _database = database;
        try
        {
            database.Check(make: false);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public override string LockRows => "FOR UPDATE";

    public override string LockFreeRows => "FOR UPDATE SKIP LOCKED";

    public override void Dispose() => _database.Dispose();

    /// <summary>A day at once, by one collector.</summary>
    public override bool DropReports(DateTimeOffset receivedBefore, DateTimeOffset now) => Write(connection =>
    {
        var postgres = (NpgsqlConnection)connection;
        long beforeMs = receivedBefore.ToUnixTimeMilliseconds();
        if (Due(postgres, beforeMs) == null || !TryLock(postgres) || Due(postgres, beforeMs) is not { } day || IsWaitedFor(postgres, day, beforeMs))
        {
            return false;
        }

        Partitions.Drop(postgres, day);
        return true;
    });

    protected override bool IsPassing(DbException failure) => failure is PostgresException { SqlState: "40001" or "40P01" };

    protected override DbConnection Rent() => _database.Open();

    protected override void Return(DbConnection connection) => connection.Dispose();

    protected override DbTransaction BeginSnapshot(DbConnection connection) => connection.BeginTransaction(IsolationLevel.RepeatableRead);

    protected override DbTransaction BeginWrite(DbConnection connection) => connection.BeginTransaction(IsolationLevel.ReadCommitted);

    /// <summary>The oldest day if all of it was received before.</summary>
    private static long? Due(NpgsqlConnection connection, long beforeMs) =>
        Partitions.Oldest(connection) is { } day && day < Partitions.DayOf(beforeMs) ? day : null;

    private static bool TryLock(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock({PostgresDatabase.RetentionLock})", connection);
        return command.ExecuteScalar() is true;
    }

    private static bool IsWaitedFor(NpgsqlConnection connection, long day, long beforeMs)
    {
        if ((day + 1) * Partitions.DayMs <= beforeMs - (long)_patience.TotalMilliseconds)
        {
            return false;
        }

        using var stale = new Query(connection, "SELECT count(*) FROM (SELECT 1 FROM stale_hours WHERE hour < @end LIMIT 1) s");
        return stale.With("@end", (day + 1) * 24).Number() > 0;
    }
}
