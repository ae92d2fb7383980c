using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>Read-only connections to a SQLite file; those given back are used again.</summary>
internal sealed class SqliteConnections : StoreConnections
{
    /// <summary>Beyond them connections are closed when they are given back.</summary>
    private const int MostKept = 8;

    private readonly string _path;
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _isDisposed;

    /// <exception cref="CollectorStoreException">There is no file, or it is no store of this version.</exception>
    public SqliteConnections(string path)
        : base(path)
    {
        _path = path;
        _idle.Add(Database.OpenForReading(path));
    }

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
        return _idle.TryTake(out SqliteConnection? connection) ? connection : Database.OpenForReading(_path);
    }

    protected override DbTransaction BeginSnapshot(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

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
}
