namespace GatewayAgent.Bench.Detection;

/// <summary>Something that gets worse at one node, or in the whole home, until it is mended.</summary>
/// <param name="From">First window.</param>
/// <param name="Grows">Windows until it has its full size.</param>
/// <param name="To">Window at which it is over.</param>
internal sealed record Trouble(int From, int Grows, int To)
{
    /// <summary>Loss on the way to the node's uplink, dB.</summary>
    public double LossDb { get; init; }

    /// <summary>Mean share of the own channel that a new neighbour uses.</summary>
    public double NeighbourLoad { get; init; }

    /// <summary>Disconnections an hour.</summary>
    public double DropsAnHour { get; init; }

    /// <summary>What repetitions add to a round trip on average, ms, and the share of round trips that fail.</summary>
    public double RetryMs { get; init; }

    public double LostShare { get; init; }

    /// <summary>0–1.</summary>
    public double SizeAt(int window) => window < From || window >= To ? 0 : Math.Min(1, (window - From + 1.0) / Math.Max(1, Grows));
}
