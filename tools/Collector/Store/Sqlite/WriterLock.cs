namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>
/// Holds <c>{database}.lock</c> so that a store has one writer: what it remembers of each boot would be wrong beside another.
/// The operating system lets go of the lock when the process ends, however it ends; the empty file stays.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    /// <summary>EWOULDBLOCK of flock, which .NET hands on as the exception's HResult.</summary>
    private const int HeldByAnother = 11;

    private readonly FileStream _file;

    /// <exception cref="CollectorStoreException">Another collector holds it, or the folder cannot be written.</exception>
    public WriterLock(string database)
    {
        try
        {
            _file = new FileStream(database + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string cause = e.HResult == HeldByAnother ? "another collector has it open" : e.Message;
            throw new CollectorStoreException($"{database}: {cause}", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
