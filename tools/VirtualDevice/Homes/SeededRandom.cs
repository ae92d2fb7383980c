namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>SplitMix64: the same numbers from the same seed whatever the runtime's version, which <see cref="Random"/> does not promise.</summary>
internal sealed class SeededRandom(long seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>0 ≤ x &lt; 1.</summary>
    public double Next() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public double Between(double least, double most) => least + ((most - least) * Next());

    /// <summary>Mean 0, standard deviation 1.</summary>
    public double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());

    /// <summary>Mean 1.</summary>
    public double Exponential() => -Math.Log(1 - Next());

    /// <summary>Number of events where <paramref name="mean"/> are expected.</summary>
    public int Poisson(double mean)
    {
        const double Many = 30;
        if (mean > Many)
        {
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * Gaussian())));
        }

        double limit = Math.Exp(-mean), product = Next();
        int events = 0;
        for (; product > limit; events++)
        {
            product *= Next();
        }

        return events;
    }

    /// <summary>63 random bits.</summary>
    public long Bits() => (long)(NextBits() >> 1);

    private ulong NextBits()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
