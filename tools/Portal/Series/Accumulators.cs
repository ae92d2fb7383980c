using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Portal.Documents;
using GatewayAgent.Protocol;
using Google.Protobuf.Collections;

namespace GatewayAgent.Portal.Series;

/// <summary>A percentile of histograms that are added up bin by bin: exact to the bin, however many windows a point stands for.</summary>
internal sealed class HistogramAccumulator(Func<Report, RepeatedField<uint>?> pick, HistogramScale scale, double percent) : Accumulator
{
    private readonly uint[] _counts = new uint[scale.Bins];

    public override double? Value => new Histogram(scale, _counts).Percentile(percent) is { } bin ? OneOf(bin) : null;

    public override void Add(NodeWindow window)
    {
        if (pick(window.Report) is { } packed && Histogram.TryUnpack(packed, scale, out Histogram? histogram, out _))
        {
            for (int bin = 0; bin < _counts.Length; bin++)
            {
                _counts[bin] = (uint)Math.Min(uint.MaxValue, (ulong)_counts[bin] + histogram.Counts[bin]);
            }
        }
    }

    // A bin of round trips spans a factor of two: "at most" is the honest number of it.
    private double OneOf(BinBounds bin) => scale == HistogramScale.Rssi ? BinValue.Middle(bin) : BinValue.Most(bin);
}

/// <summary>Sum of values by their number.</summary>
internal sealed class MeanAccumulator(Func<NodeWindow, (ulong Sum, ulong Count)> pick) : Accumulator
{
    private double _sum;
    private double _count;

    public override double? Value => _count > 0 ? _sum / _count : null;

    public override void Add(NodeWindow window)
    {
        (ulong sum, ulong count) = pick(window);
        _sum += sum;
        _count += count;
    }
}

/// <summary>The least or the largest.</summary>
internal sealed class ExtremeAccumulator(Func<NodeWindow, double?> pick, bool isMost) : Accumulator
{
    private double? _value;

    public override double? Value => _value;

    public override void Add(NodeWindow window)
    {
        if (pick(window) is { } value && (_value is not { } known || (isMost ? value > known : value < known)))
        {
            _value = value;
        }
    }
}

/// <summary>A sum of counts.</summary>
internal sealed class SumAccumulator(Func<Report, double?> pick) : Accumulator
{
    private double? _sum;

    public override double? Value => _sum;

    public override void Add(NodeWindow window)
    {
        if (pick(window.Report) is { } value)
        {
            _sum = (_sum ?? 0) + value;
        }
    }
}

/// <summary>Air time of the frames heard on the own channel as a share of the time listened to it.</summary>
internal sealed class AirtimeAccumulator : Accumulator
{
    private double _airtimeMs;
    private double _dwellMs;

    public override double? Value => _dwellMs > 0 ? Math.Min(100, 100 * _airtimeMs / _dwellMs) : null;

    public override void Add(NodeWindow window)
    {
        if (SeriesMetric.OwnRow(window) is { DwellCs: > 0 } row)
        {
            _airtimeMs += row.AirtimeMs;
            _dwellMs += row.DwellCs * 10.0;
        }
    }
}

/// <summary>Good share of the known user time.</summary>
internal sealed class ScoreAccumulator : Accumulator
{
    private UserSeconds _users = UserSeconds.None;

    public override double? Value => _users.Score;

    public override void Add(NodeHour hour) => _users += hour.Users;
}

/// <summary>User time of one kind.</summary>
internal sealed class UserTimeAccumulator(Func<UserSeconds, long> pick) : Accumulator
{
    private long? _seconds;

    public override double? Value => _seconds;

    public override void Add(NodeHour hour) => _seconds = (_seconds ?? 0) + pick(hour.Users);
}
