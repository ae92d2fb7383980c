using System.Diagnostics;

namespace GatewayAgent.VirtualDevice.Running;

/// <summary>Binds virtual time to real time.</summary>
public sealed class Pace
{
    private readonly Stopwatch _watch = new();
    private readonly double _speed;

    /// <param name="speed">Virtual seconds a real second; 1 = real time.</param>
    public Pace(double speed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _speed = speed;
    }

    /// <summary>Real time counts from the first call on: what a run needs to get ready is not part of it.</summary>
    internal void Start() => _watch.Start();

    internal long ElapsedMs => (long)(_watch.Elapsed.TotalMilliseconds * _speed);

    /// <returns>False when cancelled.</returns>
    internal bool WaitUntil(long virtualMs, CancellationToken cancel)
    {
        TimeSpan left = TimeSpan.FromMilliseconds(virtualMs / _speed) - _watch.Elapsed;
        return left <= TimeSpan.Zero ? !cancel.IsCancellationRequested : !cancel.WaitHandle.WaitOne(left);
    }
}
