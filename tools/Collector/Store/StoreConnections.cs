using System.Data.Common;

namespace GatewayAgent.Collector.Store;

/// <summary>Gives connections to a store to those who read it, and to those who write beside the batches; from any thread.</summary>
internal abstract class StoreConnections(string address) : IDisposable
{
    private const int Attempts = 3;

    /// <summary>At the end of a SELECT: locks its rows until the transaction ends, where a store has such locks.</summary>
    public virtual string LockRows => "";

    /// <summary>The same, and leaves out rows that others have locked.</summary>
    public virtual string LockFreeRows => "";

    /// <summary>Runs what reads on a connection of its own, in one transaction: all of it sees the same commit.</summary>
    /// <exception cref="CollectorStoreException">The store cannot be read.</exception>
    public T Read<T>(Func<DbConnection, T> read) => Run(read, BeginSnapshot);

    /// <summary>Runs what writes, in one transaction.</summary>
    /// <exception cref="CollectorStoreException">The store cannot be written; nothing was, unless the connection was lost at the very end.</exception>
    public T Write<T>(Func<DbConnection, T> write)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return Run(write, BeginWrite);
            }
            catch (CollectorStoreException e) when (attempt < Attempts && e.InnerException is DbException failure && IsPassing(failure))
            {
                // Done again at once: whoever was in the way has gone on.
            }
        }
    }

    /// <summary>
    /// Drops reports received before a moment, a bounded number of them, and remembers how far their boots had got. Those whose hour is still to be made
    /// of them stay for a while.
    /// </summary>
    /// <returns>False when there was nothing to drop.</returns>
    /// <exception cref="CollectorStoreException">The store cannot be written.</exception>
    public abstract bool DropReports(DateTimeOffset receivedBefore, DateTimeOffset now);

    public abstract void Dispose();

    /// <summary>Whether a transaction that failed so was only in another's way.</summary>
    protected virtual bool IsPassing(DbException failure) => false;

    /// <summary>An open connection that nobody else uses.</summary>
    protected abstract DbConnection Rent();

    /// <summary>Takes back a connection in order.</summary>
    protected abstract void Return(DbConnection connection);

    /// <summary>Begins a transaction that reads, and sees one commit only.</summary>
    protected abstract DbTransaction BeginSnapshot(DbConnection connection);

    /// <summary>Begins a transaction that writes.</summary>
    protected abstract DbTransaction BeginWrite(DbConnection connection);

    private T Run<T>(Func<DbConnection, T> action, Func<DbConnection, DbTransaction> begin)
    {
        DbConnection connection = RentOrThrow();
        bool isInOrder = false;
        try
        {
            using DbTransaction transaction = begin(connection);
            T result = action(connection);
            transaction.Commit();
            isInOrder = true;
            return result;
        }
        catch (DbException e)
        {
            throw Unavailable(e);
        }
        finally
        {
            GiveBack(connection, isInOrder);
        }
    }

    private DbConnection RentOrThrow()
    {
        try
        {
            return Rent();
        }
        catch (DbException e)
        {
            throw Unavailable(e);
        }
    }

    private void GiveBack(DbConnection connection, bool isInOrder)
    {
        if (isInOrder)
        {
            Return(connection);
        }
        else
        {
            connection.Dispose();
        }
    }

    private CollectorStoreException Unavailable(DbException e) => new($"{address}: {e.Message}", e);
}
