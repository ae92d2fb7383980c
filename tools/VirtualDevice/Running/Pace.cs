using System.Diagnostics;

namespace GatewayAgent.VirtualDevice.Running;

/// <summary>Binds virtual time to real time.</summary>
public sealed class Pace
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly double _speed;

    /// <param name="speed">Virtual seconds a real second; 1 = real time.</param>
    public Pace(double speed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _speed = speed;
    }

    internal long ElapsedMs => (long)(_watch.Elapsed.TotalMilliseconds * _speed);

    /// <returns>False when cancelled.</returns>
    internal bool WaitUntil(long virtualMs, CancellationToken cancel)
    {
        TimeSpan left = TimeSpan.FromMilliseconds(virtualMs / _speed) - _watch.Elapsed;
        return left <= TimeSpan.Zero ? !cancel.IsCancellationRequested : !cancel.WaitHandle.WaitOne(left);
    }
}
