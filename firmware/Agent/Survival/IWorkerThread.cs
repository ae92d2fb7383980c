namespace GatewayAgent.Survival;

/// <summary>A thread of a worker, as its supervisor sees it.</summary>
public interface IWorkerThread
{
    bool IsAlive { get; }

    /// <summary>
    /// Asks the thread to end, wherever it is. On nanoCLR what waits or computes ends, with its <c>finally</c> blocks, and its locks are freed;
    /// a native call that blocks the whole runtime can not be ended. A platform without this does nothing. Does not throw.
    /// </summary>
    void Abort();
}
