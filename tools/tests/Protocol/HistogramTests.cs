using GatewayAgent.Protocol;
using Google.Protobuf.Collections;

namespace GatewayAgent.Tests.Protocol;

public class HistogramTests
{
    public static TheoryData<string> Scales => ["dBm", "ms"];

    [Theory]
    [MemberData(nameof(Scales))]
    public void Every_value_lies_within_the_bounds_of_its_bin(string unit)
    {
        HistogramScale scale = ScaleOf(unit);
        for (int value = -130; value <= 20_000; value++)
        {
            BinBounds bounds = scale.Bounds(scale.BinOf(Math.Max(value, unit == "ms" ? 0 : -130)));
            Assert.True(value < 0 && unit == "ms" || (bounds.Least ?? value) <= value && value <= (bounds.Most ?? value), $"{value} {unit} in {bounds}");
        }
    }

    [Theory]
    [InlineData("dBm", 0, null, -101)]
    [InlineData("dBm", 1, -100, -99)]
    [InlineData("dBm", 39, -24, null)]
    [InlineData("ms", 0, 0, 0)]
    [InlineData("ms", 1, 1, 1)]
    [InlineData("ms", 3, 4, 7)]
    [InlineData("ms", 15, 16_384, null)]
    public void Bounds_are_those_of_the_contract(string unit, int bin, int? least, int? most) =>
        Assert.Equal(new BinBounds(least, most), ScaleOf(unit).Bounds(bin));

    [Fact]
    public void The_packed_form_is_read_and_written_without_loss()
    {
        RepeatedField<uint> packed = [20, 5, 0, 7];

        Assert.True(Histogram.TryUnpack(packed, HistogramScale.Rssi, out Histogram? histogram, out _));
        Assert.Equal(12ul, histogram.Total);
        Assert.Equal(5u, histogram.Counts[20]);
        Assert.Equal(7u, histogram.Counts[22]);
        Assert.Equal([20u, 5u, 0u, 7u], histogram.Pack());
    }

    [Fact]
    public void Empty_is_no_samples_and_has_no_percentile()
    {
        Assert.True(Histogram.TryUnpack([], HistogramScale.Latency, out Histogram? histogram, out _));
        Assert.Equal(0ul, histogram.Total);
        Assert.Null(histogram.Percentile(50));
        Assert.Empty(histogram.Pack());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(50, 0)]
    [InlineData(51, 3)]
    [InlineData(99, 3)]
    [InlineData(100, 15)]
    public void A_percentile_is_the_bin_of_the_nearest_rank(double percent, int bin)
    {
        var counts = new uint[16];
        (counts[0], counts[3], counts[15]) = (50, 49, 1);

        Assert.Equal(HistogramScale.Latency.Bounds(bin), new Histogram(HistogramScale.Latency, counts).Percentile(percent));
    }

    [Fact]
    public void Counts_as_large_as_they_come_do_not_overflow()
    {
        var counts = new uint[16];
        Array.Fill(counts, uint.MaxValue);
        var histogram = new Histogram(HistogramScale.Latency, counts);

        Assert.Equal(16ul * uint.MaxValue, histogram.Total);
        Assert.Equal(HistogramScale.Latency.Bounds(15), histogram.Percentile(100));
    }

    [Theory]
    [InlineData(new uint[] { 39, 1, 1 })]
    [InlineData(new uint[] { 41 })]
    [InlineData(new uint[] { uint.MaxValue, 1 })]
    public void Counts_beyond_the_bins_are_refused_with_a_reason(uint[] packed)
    {
        Assert.False(Histogram.TryUnpack([.. packed], HistogramScale.Rssi, out _, out string? reason));
        Assert.Contains("beyond 40 bins", reason);
    }

    private static HistogramScale ScaleOf(string unit) => unit == "ms" ? HistogramScale.Latency : HistogramScale.Rssi;
}
