namespace GatewayAgent.Collector.Mqtt;

/// <summary>
/// Waits between attempts to connect: the n-th is random in [m·k^(n−1), m·k^n), as in TR-369 (R-MTP.5), so that collectors that lost the
/// same broker do not return in step. m = 0.5 s, k = 2, n ≤ 7: at most 64 s.
/// </summary>
internal sealed class BackOff(Random random)
{
    private const double FirstSeconds = 0.5;
    private const int MostDoublings = 7;

    private int _attempts;

    /// <summary>The wait before the next attempt.</summary>
    public TimeSpan Next()
    {
        _attempts = Math.Min(_attempts + 1, MostDoublings);
        double most = FirstSeconds * (1 << _attempts);
        return TimeSpan.FromSeconds(most / 2 * (1 + random.NextDouble()));
    }

    /// <summary>After success.</summary>
    public void Reset() => _attempts = 0;
}
