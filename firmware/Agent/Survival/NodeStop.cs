namespace GatewayAgent.Survival;

/// <summary>
/// Brings a node to rest before a planned restart: its window closes early, nothing is sampled any more, and the uplink goes on until
/// the outbox is empty.
/// </summary>
public sealed class NodeStop : IPlannedStop
{
    private readonly Node _node;
    private readonly object _gate = new object();
    private bool _requested;
    private bool _flushed;

    public NodeStop(Node node)
    {
        _node = node;
    }

    public bool IsReady => _flushed && _node.Outbox.Count == 0;

    private bool IsRequested
    {
        get
        {
            lock (_gate)
            {
                return _requested;
            }
        }
    }

    public void Request(string reason)
    {
        lock (_gate)
        {
            _requested = true;
        }
    }

    /// <summary>Called by the sampling thread in place of <see cref="Node.SampleStep"/>.</summary>
    public int SampleStep(long now)
    {
        if (!IsRequested)
        {
            return _node.SampleStep(now);
        }

        if (!_flushed)
        {
            _node.Flush(now);
            _flushed = true;
        }

        return Limits.SamplePeriodMs;
    }
}
