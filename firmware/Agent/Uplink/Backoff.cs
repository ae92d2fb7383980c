using System;

namespace GatewayAgent.Uplink;

/// <summary>
/// Pauses between attempts to connect: the n-th is random in [m·2^(n−1), m·2^n), so that devices that lost the broker together do not come
/// back together.
/// </summary>
public sealed class Backoff
{
    private readonly Random _random;

    public Backoff(Random random)
    {
        _random = random;
    }

    /// <summary>Attempts that have failed since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>Counts a failure.</summary>
    /// <returns>Milliseconds to wait before the next attempt.</returns>
    public int Next()
    {
        int step = Failures < Limits.BackoffSteps ? Failures : Limits.BackoffSteps - 1;
        Failures++;
        int least = Limits.BackoffMs << step;
        return least + _random.Next(least);
    }

    /// <summary>Counts a success.</summary>
    public void Reset()
    {
        Failures = 0;
    }
}
