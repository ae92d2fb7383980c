using System;

namespace GatewayAgent.Statistics;

/// <summary>
/// Counts in fixed bins: exact, mergeable by addition, and of one size whatever is measured. Not thread-safe: it belongs to the
/// thread that samples, or to the one that merges.
/// </summary>
public sealed class Histogram
{
    private readonly uint[] _counts;

    /// <param name="bins">Number of bins, from <see cref="Limits"/>.</param>
    public Histogram(int bins)
    {
        _counts = new uint[bins];
    }

    public int Bins => _counts.Length;

    /// <summary>First bin that holds something; equals <see cref="End"/> when nothing was added.</summary>
    public int First
    {
        get
        {
            int bin = 0;
            while (bin < _counts.Length && _counts[bin] == 0)
            {
                bin++;
            }

            return bin;
        }
    }

    /// <summary>One past the last bin that holds something.</summary>
    public int End
    {
        get
        {
            int bin = _counts.Length;
            while (bin > 0 && _counts[bin - 1] == 0)
            {
                bin--;
            }

            return bin == 0 ? _counts.Length : bin;
        }
    }

    /// <summary>Samples in a bin.</summary>
    public uint this[int bin]
    {
        get => _counts[bin];
        internal set => _counts[bin] = value;
    }

    /// <summary>Counts one sample. The bin comes from <see cref="RssiBins"/> or <see cref="LatencyBins"/>, which clamp.</summary>
    public void Add(int bin)
    {
        _counts[bin]++;
    }

    public void Clear()
    {
        Array.Clear(_counts, 0, _counts.Length);
    }
}
