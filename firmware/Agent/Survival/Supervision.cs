namespace GatewayAgent.Survival;

/// <summary>What a node and its supervisor tell each other, from any thread. Allocates nothing.</summary>
public sealed class Supervision
{
    private readonly object _gate = new object();
    private string _rebootReason;
    private uint _restarts;

    /// <summary>Why a planned restart is asked for; null: none is.</summary>
    public string RebootReason
    {
        get
        {
            lock (_gate)
            {
                return _rebootReason;
            }
        }
    }

    /// <summary>Asks for a planned restart: after what is in RAM is safe, or two minutes. The first reason stays.</summary>
    /// <param name="reason">Short, ASCII, no secrets: it becomes the last words of this boot.</param>
    public void RequestReboot(string reason)
    {
        lock (_gate)
        {
            _rebootReason ??= reason;
        }
    }

    /// <summary>A thread had to be started again.</summary>
    public void CountRestart()
    {
        lock (_gate)
        {
            _restarts++;
        }
    }

    /// <returns>Threads started again since the last call.</returns>
    public uint TakeThreadRestarts()
    {
        lock (_gate)
        {
            uint restarts = _restarts;
            _restarts = 0;
            return restarts;
        }
    }
}
