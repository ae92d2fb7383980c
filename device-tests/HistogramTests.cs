using GatewayAgent.Statistics;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class HistogramTests
{
    [TestMethod]
    public void An_empty_histogram_has_no_bins_to_state()
    {
        Histogram histogram = new Histogram(5);
        Assert.AreEqual(histogram.First, histogram.End);
    }

    [TestMethod]
    public void First_and_end_enclose_what_was_added()
    {
        Histogram histogram = new Histogram(5);
        histogram.Add(1);
        histogram.Add(3);
        histogram.Add(3);
        Assert.AreEqual(1, histogram.First);
        Assert.AreEqual(4, histogram.End);
        Assert.AreEqual(2u, histogram[3]);
        Assert.AreEqual(0u, histogram[2]);
    }

    [TestMethod]
    public void The_first_and_the_last_bin_count_like_the_others()
    {
        Histogram histogram = new Histogram(3);
        histogram.Add(0);
        Assert.AreEqual(0, histogram.First);
        Assert.AreEqual(1, histogram.End);
        histogram.Clear();
        histogram.Add(2);
        Assert.AreEqual(2, histogram.First);
        Assert.AreEqual(3, histogram.End);
    }

    [TestMethod]
    [DataRow(-127, 0)]
    [DataRow(-102, 0)]
    [DataRow(-101, 0)]
    [DataRow(-100, 1)]
    [DataRow(-61, 20)]
    [DataRow(-60, 21)]
    [DataRow(-24, 39)]
    [DataRow(-23, 39)]
    [DataRow(-1, 39)]
    public void An_rssi_falls_into_its_bin_of_two_decibels(int dbm, int bin)
    {
        Assert.AreEqual(bin, RssiBins.Of(dbm));
    }

    [TestMethod]
    public void Zero_and_minus_128_are_no_readings()
    {
        Assert.IsFalse(RssiBins.IsValid(0));
        Assert.IsFalse(RssiBins.IsValid(12));
        Assert.IsFalse(RssiBins.IsValid(-128));
        Assert.IsTrue(RssiBins.IsValid(-1));
        Assert.IsTrue(RssiBins.IsValid(-127));
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 1)]
    [DataRow(2, 2)]
    [DataRow(3, 2)]
    [DataRow(4, 3)]
    [DataRow(16383, 14)]
    [DataRow(16384, 15)]
    [DataRow(2000000000, 15)]
    public void A_round_trip_falls_into_its_power_of_two(int milliseconds, int bin)
    {
        Assert.AreEqual(bin, LatencyBins.Of(milliseconds));
    }

    [TestMethod]
    public void A_count_keeps_its_extremes_and_its_sum()
    {
        CountStatistics count = new CountStatistics();
        count.Add(4);
        count.Add(0);
        count.Add(7);
        Assert.AreEqual(3u, count.Samples);
        Assert.AreEqual(11u, count.Sum);
        Assert.AreEqual(0u, count.Min);
        Assert.AreEqual(7u, count.Max);
        count.Clear();
        count.Add(5);
        Assert.AreEqual(5u, count.Min);
        Assert.AreEqual(5u, count.Max);
    }
}
