namespace GatewayAgent.Sampling;

/// <summary>
/// Carries round trips from the threads that measure them to the thread that samples: a fixed list under a short lock. When it is full
/// the newest is dropped and counted.
/// </summary>
public sealed class RoundTrips
{
    public const int Gateway = 0, Broker = 1;

    private readonly object _gate = new object();
    private readonly int[] _milliseconds = new int[Limits.RoundTrips];
    private readonly byte[] _targets = new byte[Limits.RoundTrips];
    private int _count;
    private uint _dropped;

    /// <param name="target"><see cref="Gateway"/> or <see cref="Broker"/>.</param>
    /// <param name="milliseconds">The round trip, or −1 when there was no answer.</param>
    public void Add(int target, int milliseconds)
    {
        lock (_gate)
        {
            if (_count == _milliseconds.Length)
            {
                _dropped++;
                return;
            }

            _milliseconds[_count] = milliseconds;
            _targets[_count] = (byte)target;
            _count++;
        }
    }

    /// <summary>Moves everything into the window.</summary>
    /// <returns>Round trips dropped since boot.</returns>
    public uint DrainInto(Reporting.Window window)
    {
        lock (_gate)
        {
            for (int i = 0; i < _count; i++)
            {
                (_targets[i] == Gateway ? window.Gateway : window.Broker).Add(_milliseconds[i]);
            }

            _count = 0;
            return _dropped;
        }
    }
}
