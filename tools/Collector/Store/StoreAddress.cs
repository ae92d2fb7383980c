using GatewayAgent.Collector.Store.Sqlite;

namespace GatewayAgent.Collector.Store;

/// <summary>Where a store is: the path of a SQLite file.</summary>
public sealed class StoreAddress
{
    private readonly string _path;

    private StoreAddress(string path) => _path = path;

    /// <summary>Reads an address.</summary>
    public static StoreAddress Parse(string text) => new(text);

    /// <summary>For people; holds no password.</summary>
    public override string ToString() => _path;

    internal IWriteSession OpenForWriting(CollectorOptions options) => new SqliteWriteSession(_path, options);

    internal StoreConnections OpenForReading() => SqliteConnections.ForReading(_path);

    /// <summary>For what is written beside the batches, once the store is open for these.</summary>
    internal StoreConnections OpenForUpkeep() => SqliteConnections.BesideTheWriter(_path);
}
