namespace GatewayAgent.Sampling;

/// <summary>A time grid that does not drift: what runs late skips the missed points and goes on at the next one.</summary>
public sealed class Period
{
    private int _milliseconds;
    private long _next;

    /// <param name="milliseconds">Distance of the points.</param>
    /// <param name="first">Uptime of the first point, ms.</param>
    public Period(int milliseconds, long first)
    {
        _milliseconds = milliseconds;
        _next = first;
    }

    /// <summary>Begins another grid.</summary>
    public void Restart(int milliseconds, long first)
    {
        _milliseconds = milliseconds;
        _next = first;
        Missed = 0;
    }

    /// <summary>Points that passed unused at the last <see cref="Due"/>.</summary>
    public int Missed { get; private set; }

    /// <summary>Milliseconds until the next point, at least 0.</summary>
    public int Remaining(long now) => now >= _next ? 0 : (int)(_next - now);

    /// <summary>True once for each point that has come, however late; counts those that were skipped.</summary>
    public bool Due(long now)
    {
        if (now < _next)
        {
            return false;
        }

        Missed = (int)((now - _next) / _milliseconds);
        _next += (long)_milliseconds * (Missed + 1);
        return true;
    }
}
