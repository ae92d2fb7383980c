using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>Opens the SQLite file of a collector and says plainly when it is something else.</summary>
internal static class Database
{
    /// <summary>Version of <c>Schema.sql</c>, in the file's user_version.</summary>
    private const long SchemaVersion = 4;

    /// <summary>"GWAC" in the file's application_id: no other program's database is taken for ours.</summary>
    private const long ApplicationId = 0x47574143;

    // A connection has one user at a time, so SQLite need not lock it at each call: a tenth of the writer's time. Too late, it is
    // refused and nothing else happens: before the library is first used.
    static Database()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
    }

    /// <summary>Opens for the one writer, making the schema when the file is new.</summary>
    /// <exception cref="CollectorStoreException">The file is no store of this version, and is left as it is.</exception>
    public static SqliteConnection OpenForWriting(string path) => Open(path, SqliteOpenMode.ReadWriteCreate, connection =>
    {
        bool isNew = Scalar(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew)
        {
            ThrowUnlessOurs(connection, path);
        }

        Configure(connection);
        if (isNew)
        {
            CreateSchema(connection);
        }
    });

    /// <summary>Opens for reading, also beside a collector at work.</summary>
    /// <exception cref="CollectorStoreException">There is no file, or it is no store of this version.</exception>
    public static SqliteConnection OpenForReading(string path) => File.Exists(path)
        ? Open(path, SqliteOpenMode.ReadOnly, connection => ThrowUnlessOurs(connection, path))
        : throw new CollectorStoreException($"{path}: no such file");

    /// <summary>
    /// Opens for writing what follows from the reports, in the process that has the file open for the writer. Its commits need not outlive a power
    /// cut: they are made again, from reports that do.
    /// </summary>
    public static SqliteConnection OpenBesideTheWriter(string path) => Open(path, SqliteOpenMode.ReadWrite, connection =>
    {
        ThrowUnlessOurs(connection, path);
        Execute(connection, "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = 33554432;");
    });

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        // Without the pool, closing closes the file: the last one out checkpoints and removes the write-ahead log.
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA busy_timeout = 1000");
            prepare(connection);
            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            if (e is SqliteException)
            {
                throw new CollectorStoreException($"{path}: {e.Message}", e);
            }

            throw;
        }
    }

    // FULL, not NORMAL: with a write-ahead log NORMAL survives a killed process but not a power cut, and an acknowledged report is no
    // longer on the node. One fsync for each batch is its price. The log is checkpointed every 16 MiB rather than 4: fewer random writes.
    // A reader that stays in one transaction makes it grow, and nothing else: once it has left, the next round cuts the file again.
    private static void Configure(SqliteConnection connection) => Execute(
        connection,
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4096;
        PRAGMA journal_size_limit = 33554432;
        PRAGMA cache_size = -65536;
        PRAGMA temp_store = MEMORY;
        """);

    private static void CreateSchema(SqliteConnection connection)
    {
        using Stream resource = typeof(Database).Assembly.GetManifestResourceStream("Schema.sql")!;
        using var reader = new StreamReader(resource);
        Execute(
            connection,
            $"""
            BEGIN IMMEDIATE;
            {reader.ReadToEnd()}
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = {SchemaVersion};
            COMMIT;
            """);
    }

    private static void ThrowUnlessOurs(SqliteConnection connection, string path)
    {
        if (Scalar(connection, "PRAGMA application_id") != ApplicationId)
        {
            throw new CollectorStoreException($"{path}: not the store of a collector");
        }

        long version = Scalar(connection, "PRAGMA user_version");
        if (version != SchemaVersion)
        {
            throw new CollectorStoreException($"{path}: store of version {version}, this collector reads version {SchemaVersion}");
        }
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
