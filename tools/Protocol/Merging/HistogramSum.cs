using Google.Protobuf.Collections;

namespace GatewayAgent.Protocol.Merging;

/// <summary>Adds packed histograms of one scale.</summary>
internal sealed class HistogramSum(HistogramScale scale)
{
    private readonly uint[] _counts = new uint[scale.Bins];
    private int _first = scale.Bins, _end;

    /// <returns>Whether it held samples.</returns>
    public bool Add(RepeatedField<uint> packed)
    {
        bool hasSamples = false;
        for (int i = 1; i < packed.Count; i++)
        {
            ulong bin = packed[0] + (ulong)(i - 1);
            if (packed[i] == 0 || bin >= (ulong)_counts.Length)
            {
                continue;
            }

            hasSamples = true;
            _counts[bin] = _counts[bin].Plus(packed[i]);
            _first = Math.Min(_first, (int)bin);
            _end = Math.Max(_end, (int)bin + 1);
        }

        return hasSamples;
    }

    public void WriteTo(RepeatedField<uint> packed)
    {
        if (_end == 0)
        {
            return;
        }

        packed.Capacity = _end - _first + 1;
        packed.Add((uint)_first);
        for (int bin = _first; bin < _end; bin++)
        {
            packed.Add(_counts[bin]);
        }
    }

    public void Clear()
    {
        Array.Clear(_counts);
        _first = _counts.Length;
        _end = 0;
    }
}
