using System.Data.Common;

namespace GatewayAgent.Collector.Store;

/// <summary>Gives connections to those who read a store; from any thread.</summary>
internal abstract class StoreConnections(string address) : IDisposable
{
    /// <summary>Runs what reads on a connection of its own, in one transaction: all of it sees the same commit.</summary>
    /// <exception cref="CollectorStoreException">The store cannot be read.</exception>
    public T Read<T>(Func<DbConnection, T> read)
    {
        DbConnection? connection = null;
        try
        {
            connection = Rent();
            T result;
            using (DbTransaction snapshot = BeginSnapshot(connection))
            {
                result = read(connection);
            }

            Return(connection);
            return result;
        }
        catch (DbException e)
        {
            connection?.Dispose();
            throw new CollectorStoreException($"{address}: {e.Message}", e);
        }
    }

    public abstract void Dispose();

    /// <summary>An open connection that nobody else uses.</summary>
    protected abstract DbConnection Rent();

    /// <summary>Begins a transaction that reads, and sees one commit only.</summary>
    protected abstract DbTransaction BeginSnapshot(DbConnection connection);

    /// <summary>Takes back a connection in order.</summary>
    protected abstract void Return(DbConnection connection);
}
