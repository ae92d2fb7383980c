using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>Connections to a SQLite file; those given back are used again.</summary>
internal sealed class SqliteConnections : StoreConnections
{
    /// <summary>Beyond them connections are closed when they are given back.</summary>
    private const int MostKept = 8;

    private readonly Func<SqliteConnection> _open;
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private readonly SqliteRetention _retention = new();
    private volatile bool _isDisposed;

    private SqliteConnections(string path, Func<SqliteConnection> open)
        : base(path)
    {
        _open = open;
        _idle.Add(open());
    }

    /// <exception cref="CollectorStoreException">There is no file, or it is no store of this version.</exception>
    public static SqliteConnections ForReading(string path) => new(path, () => Database.OpenForReading(path));

    /// <summary>For the process that holds the file's writer.</summary>
    /// <exception cref="CollectorStoreException">There is no file, or it is no store of this version.</exception>
    public static SqliteConnections BesideTheWriter(string path) => new(path, () => Database.OpenBesideTheWriter(path));

    public override bool DropReports(DateTimeOffset receivedBefore, DateTimeOffset now) => Write(connection => _retention.DropSome(connection, receivedBefore, now));

    public override void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out SqliteConnection? connection))
        {
            connection.Dispose();
        }
    }

    protected override DbConnection Rent()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _idle.TryTake(out SqliteConnection? connection) ? connection : _open();
    }

    protected override void Return(DbConnection connection)
    {
        if (_isDisposed || _idle.Count >= MostKept)
        {
            connection.Dispose();
            return;
        }

        _idle.Add((SqliteConnection)connection);
        if (_isDisposed)
        {
            Dispose();
        }
    }

    protected override DbTransaction BeginSnapshot(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    protected override DbTransaction BeginWrite(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);
}
