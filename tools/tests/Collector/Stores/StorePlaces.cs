using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace GatewayAgent.Tests.Collector.Stores;

/// <summary>Where a store of a test lies.</summary>
internal interface IStorePlace : IDisposable
{
    string Address { get; }

    /// <summary>Closes the writer so that what it has not committed is lost, and nothing is tidied up.</summary>
    void Kill(Action close);

    List<T> Rows<T>(string sql, Func<DbDataReader, T> read);

    void Change(string sql);
}

/// <summary>Runs statements on connections of their own.</summary>
internal static class Statements
{
    public static List<T> Rows<T>(DbConnection open, string sql, Func<DbDataReader, T> read)
    {
        using DbConnection connection = open;
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DbDataReader reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}

/// <summary>A SQLite file in a folder of its own.</summary>
internal sealed class SqlitePlace : IStorePlace
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gw-store-").FullName;
    private int _files;

    public SqlitePlace() => Address = NewPath();

    public string Address { get; private set; }

    /// <summary>Goes on with a copy of the files as they lie on disk, write-ahead log and all, while the writer still has them open.</summary>
    public void Kill(Action close)
    {
        string copy = NewPath();
        File.Copy(Address, copy);
        File.Copy(Address + "-wal", copy + "-wal");
        close();
        Address = copy;
    }

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read) => Statements.Rows(Open("ReadOnly"), sql, read);

    public void Change(string sql) => Statements.Rows(Open("ReadWrite"), sql, _ => true);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SqliteConnection Open(string mode)
    {
        var connection = new SqliteConnection($"Data Source={Address};Mode={mode};Pooling=False");
        connection.Open();
        return connection;
    }

    private string NewPath() => Path.Combine(_folder, $"{_files++}.db");
}

/// <summary>A database of a server that all tests share.</summary>
internal sealed class PostgresPlace : IStorePlace
{
    private static readonly Lazy<PostgresServer> _server = new(() =>
    {
        PostgresServer server = PostgresServer.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    public string Address { get; } = _server.Value.CreateDatabase();

    private string Name => Address[(Address.LastIndexOf('/') + 1)..];

    // What is not committed is lost with the connection: there is nothing to tidy up.
    public void Kill(Action close)
    {
        _server.Value.Execute("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}'");
        close();
    }

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read) => Statements.Rows(_server.Value.Open(Name), sql, read);

    public void Change(string sql) => _server.Value.Execute(Name, sql);

    public void Dispose()
    {
        using NpgsqlConnection connection = _server.Value.Open("postgres");
        Statements.Rows(connection, $"DROP DATABASE {Name} WITH (FORCE)", _ => true);
    }
}
