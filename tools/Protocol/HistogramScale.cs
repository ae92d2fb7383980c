using System.Numerics;

namespace GatewayAgent.Protocol;

/// <summary>Least and largest whole value of a bin, both included; null = open at that end.</summary>
public readonly record struct BinBounds(int? Least, int? Most)
{
    public override string ToString() => (Least, Most) switch
    {
        (null, _) => $"≤ {Most}",
        (_, null) => $"≥ {Least}",
        _ when Least == Most => $"{Least}",
        _ => $"{Least}…{Most}",
    };
}

/// <summary>The bins of a histogram and what they hold.</summary>
public abstract class HistogramScale
{
    /// <summary>40 bins of 2 dB: bin i holds −102 + 2·i and −101 + 2·i dBm, the first and last also what lies beyond.</summary>
    public static HistogramScale Rssi { get; } = new RssiScale();

    /// <summary>16 bins of milliseconds: bin 0 holds less than 1 ms, bin i from 2^(i−1) to 2^i − 1 ms, bin 15 all from 16,384 ms.</summary>
    public static HistogramScale Latency { get; } = new LatencyScale();

    /// <summary>Number of bins.</summary>
    public abstract int Bins { get; }

    /// <summary>Unit of the values: <c>dBm</c> or <c>ms</c>.</summary>
    public abstract string Unit { get; }

    /// <summary>What a bin holds, <c>0 ≤ bin &lt; Bins</c>.</summary>
    public abstract BinBounds Bounds(int bin);

    /// <summary>The bin that holds a value.</summary>
    public abstract int BinOf(int value);

    private sealed class RssiScale : HistogramScale
    {
        private const int Weakest = -102;

        public override int Bins => 40;

        public override string Unit => "dBm";

        public override BinBounds Bounds(int bin) => new(
            bin == 0 ? null : Weakest + (2 * bin),
            bin == Bins - 1 ? null : Weakest + 1 + (2 * bin));

        public override int BinOf(int value) => Math.Clamp((value - Weakest) >> 1, 0, Bins - 1);
    }

    private sealed class LatencyScale : HistogramScale
    {
        public override int Bins => 16;

        public override string Unit => "ms";

        public override BinBounds Bounds(int bin) => bin == 0
            ? new BinBounds(0, 0)
            : new BinBounds(1 << (bin - 1), bin == Bins - 1 ? null : (1 << bin) - 1);

        public override int BinOf(int value) => value < 1 ? 0 : Math.Min(BitOperations.Log2((uint)value) + 1, Bins - 1);
    }
}
