using Npgsql;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>The database of collectors in PostgreSQL: its connections and its schema.</summary>
internal sealed class PostgresDatabase(string address, string connectionString) : IDisposable
{
    /// <summary>Advisory locks of ours.</summary>
    public const long SchemaLock = 0x47574143_0001;

    public const long EventLock = 0x47574143_0002;

    public const long PartitionLock = 0x47574143_0003;

    public const long RetentionLock = 0x47574143_0004;

    /// <summary>Version of <c>Schema.sql</c>, in the table collector_schema.</summary>
    private const long SchemaVersion = 4;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public string Address => address;

    public NpgsqlConnection Open() => _source.OpenConnection();

    /// <summary>
    /// Opens a connection on which rows are looked up by their keys: for a batch of thousands, the planner would rather read the whole table, however far
    /// that has grown.
    /// </summary>
    public NpgsqlConnection OpenForBatches()
    {
        NpgsqlConnection connection = Open();
        Execute(connection, "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off");
        return connection;
    }

    /// <summary>Opens a first connection and checks that the store is ours.</summary>
    /// <param name="make">Make the schema when the database is empty.</param>
    /// <exception cref="CollectorStoreException">It cannot be reached, or is no store of this version.</exception>
    public void Check(bool make)
    {
        try
        {
            using NpgsqlConnection connection = Open();
            using NpgsqlTransaction transaction = connection.BeginTransaction();
            Execute(connection, $"SELECT pg_advisory_xact_lock({SchemaLock})");
            if (make && Number(connection, "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')") == 0)
            {
                Execute(connection, Schema());
            }

            ThrowUnlessOurs(connection);
            transaction.Commit();
        }
        catch (NpgsqlException e)
        {
            throw new CollectorStoreException($"{address}: {(e is PostgresException told ? told.MessageText : e.InnerException?.Message ?? e.Message)}", e);
        }
    }

    public static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>One number; 0 for NULL.</summary>
    public static long Number(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    /// <summary>Whether what failed so may succeed when it is done again: the server was stopped, is full or out of reach, or another was in the way.</summary>
    public static bool IsPassing(Exception failure) => failure switch
    {
        PostgresException told => told.IsTransient || told.SqlState[..2] is "08" or "40" or "53" or "55" or "57" or "58" || told.SqlState == NoPartition,
        NpgsqlException or TimeoutException or IOException => true,
        _ => false,
    };

    /// <summary>check_violation: also what says that a day has no partition, which another has dropped.</summary>
    private const string NoPartition = "23514";

    public void Dispose() => _source.Dispose();

    private static string Schema()
    {
        using Stream resource = typeof(PostgresDatabase).Assembly.GetManifestResourceStream("Postgres.sql")!;
        using var reader = new StreamReader(resource);
        return $"{reader.ReadToEnd()}\nINSERT INTO collector_schema VALUES ({SchemaVersion});";
    }

    private void ThrowUnlessOurs(NpgsqlConnection connection)
    {
        if (Number(connection, "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = 'collector_schema'") == 0)
        {
            throw new CollectorStoreException($"{address}: not the store of a collector");
        }

        long version = Number(connection, "SELECT version FROM collector_schema");
        if (version != SchemaVersion)
        {
            throw new CollectorStoreException($"{address}: store of version {version}, this collector reads version {SchemaVersion}");
        }
    }
}
