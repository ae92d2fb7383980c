namespace GatewayAgent.Survival;

/// <summary>Makes threads.</summary>
public interface IThreads
{
    /// <summary>Starts a thread that calls <see cref="Worker.Run"/> until it says <see cref="Worker.Superseded"/>.</summary>
    IWorkerThread Start(Worker worker, int generation);
}
