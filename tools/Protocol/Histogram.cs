using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.Collections;

namespace GatewayAgent.Protocol;

/// <summary>A histogram of a report with every bin in place.</summary>
public sealed class Histogram
{
    private readonly uint[] _counts;

    /// <summary>A histogram of one count for each bin of the scale.</summary>
    /// <exception cref="ArgumentException">The number of counts is not that of the bins.</exception>
    public Histogram(HistogramScale scale, ReadOnlySpan<uint> counts)
    {
        if (counts.Length != scale.Bins)
        {
            throw new ArgumentException($"{counts.Length} counts for {scale.Bins} bins", nameof(counts));
        }

        Scale = scale;
        _counts = counts.ToArray();
        Total = _counts.Aggregate(0UL, (sum, count) => sum + count);
    }

    public HistogramScale Scale { get; }

    /// <summary>Samples in each bin; as many as <see cref="HistogramScale.Bins"/>.</summary>
    public IReadOnlyList<uint> Counts => _counts;

    /// <summary>Samples in all bins.</summary>
    public ulong Total { get; }

    /// <summary>Reads the packed form: index of the first bin stated, then counts. Empty = no samples.</summary>
    public static bool TryUnpack(
        RepeatedField<uint> packed, HistogramScale scale, [NotNullWhen(true)] out Histogram? histogram, [NotNullWhen(false)] out string? reason)
    {
        histogram = null;
        reason = ShapeProblem(packed, scale);
        if (reason != null)
        {
            return false;
        }

        var counts = new uint[scale.Bins];
        for (int i = 1; i < packed.Count; i++)
        {
            counts[(int)packed[0] + i - 1] = packed[i];
        }

        histogram = new Histogram(scale, counts);
        return true;
    }

    /// <summary>Why a packed histogram does not fit its scale, or null when it does.</summary>
    public static string? ShapeProblem(RepeatedField<uint> packed, HistogramScale scale)
    {
        if (packed.Count == 0)
        {
            return null;
        }

        ulong end = packed[0] + (ulong)(packed.Count - 1);
        return end > (ulong)scale.Bins
            ? $"first bin {packed[0]} and {packed.Count - 1} counts reach beyond {scale.Bins} bins"
            : null;
    }

    /// <summary>The packed form, without empty bins at either end.</summary>
    public IReadOnlyList<uint> Pack()
    {
        int first = Array.FindIndex(_counts, count => count != 0);
        if (first < 0)
        {
            return [];
        }

        int last = Array.FindLastIndex(_counts, count => count != 0);
        return [(uint)first, .. _counts[first..(last + 1)]];
    }

    /// <summary>Bounds of the bin that holds the nearest-rank percentile, 0 &lt; percent ≤ 100; null without samples.</summary>
    public BinBounds? Percentile(double percent)
    {
        if (Total == 0)
        {
            return null;
        }

        ulong rank = Math.Max(1, (ulong)Math.Ceiling(percent / 100 * Total));
        int bin = 0;
        for (ulong below = _counts[0]; below < rank && bin < _counts.Length - 1; below += _counts[bin])
        {
            bin++;
        }

        return Scale.Bounds(bin);
    }
}
