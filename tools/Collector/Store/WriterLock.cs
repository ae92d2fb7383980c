namespace GatewayAgent.Collector.Store;

/// <summary>
/// Holds <c>{database}.lock</c> so that a store has one writer: what it remembers of each boot would be wrong beside another.
/// The operating system lets go of the lock when the process ends, however it ends; the empty file stays.
/// </summary>
internal sealed class WriterLock : IDisposable
{
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
            throw new CollectorStoreException($"{database}: in use by another collector, or not writable ({e.Message})", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
