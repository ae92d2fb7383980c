using System.Diagnostics;

namespace GatewayAgent.VirtualDevice.Running;

/// <summary>
/// Keeps virtual time from running away from the network: before it goes on, what was sent is answered, and a broker that is gone is
/// given the time to come back. All waits are bounded.
/// </summary>
internal sealed class Settlement(SimulationOptions options, IReadOnlyList<NodeProgress> nodes) : IDisposable
{
    // A lost connection raises no event.
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _brokerPoll = TimeSpan.FromMilliseconds(50);

    private readonly AutoResetEvent _heard = new(false);
    private TimeSpan _outageWaited;

    /// <summary>Outages that a script has caused: virtual time runs on in them.</summary>
    public int ScriptedOutages { get; set; }

    public void Listen(NodeProgress node) => node.Node.Line.Heard += () => _heard.Set();

    /// <summary>Waits until something comes from the broker, at most for this time.</summary>
    public void WaitForNews(TimeSpan limit) => _heard.WaitOne(limit);

    /// <summary>Waits for answers, at the standing virtual time <paramref name="now"/>.</summary>
    public void WaitForAnswers(long now, CancellationToken cancel)
    {
        long started = Stopwatch.GetTimestamp();
        while (!cancel.IsCancellationRequested && IsWorthWaiting(now, Stopwatch.GetElapsedTime(started)))
        {
            _heard.WaitOne(_lookAgain);
            foreach (NodeProgress node in nodes)
            {
                if (node.Awaits(now) != Awaited.Nothing)
                {
                    node.StepUplink(now);
                }
            }
        }
    }

    /// <summary>Waits for a broker that a node could not reach or has lost.</summary>
    public void WaitForBroker(CancellationToken cancel)
    {
        if (options.IsBrokerReachable == null || ScriptedOutages > 0)
        {
            return;
        }

        foreach (NodeProgress node in nodes)
        {
            if (node.Node.IsOnline)
            {
                node.CheckedAttempts = -1;
                _outageWaited = TimeSpan.Zero;
            }
            else if (node.Node.Line.Attempts != node.CheckedAttempts)
            {
                node.CheckedAttempts = node.Node.Line.Attempts;
                WaitUntilReachable(options.IsBrokerReachable, cancel);
            }
        }
    }

    public void Dispose() => _heard.Dispose();

    private bool IsWorthWaiting(long now, TimeSpan waited)
    {
        bool isWorth = false;
        foreach (NodeProgress node in nodes)
        {
            Awaited awaited = node.Awaits(now);
            if (awaited == Awaited.Nothing)
            {
                continue;
            }

            if (waited < PatienceFor(awaited))
            {
                isWorth = true;
            }
            else
            {
                node.GiveUp(awaited);
            }
        }

        return isWorth;
    }

    private TimeSpan PatienceFor(Awaited awaited) => awaited switch
    {
        Awaited.Broker => options.BrokerPatience,
        Awaited.Acks => options.AckPatience,
        _ => options.OutagePatience,
    };

    private void WaitUntilReachable(Func<bool> isReachable, CancellationToken cancel)
    {
        // A look takes up to a second itself where packets vanish.
        long started = Stopwatch.GetTimestamp();
        TimeSpan waitedBefore = _outageWaited;
        while (_outageWaited < options.OutagePatience && !isReachable() && !cancel.IsCancellationRequested)
        {
            cancel.WaitHandle.WaitOne(_brokerPoll);
            _outageWaited = waitedBefore + Stopwatch.GetElapsedTime(started);
        }
    }
}
