using GatewayAgent.Reporting;
using GatewayAgent.Statistics;

namespace GatewayAgent.Detection;

/// <summary>
/// Makes of the windows of an hour one value a metric, whatever the length of the windows: a median of five minutes follows every person
/// that walks by, the mean of an hour of them does not. What was not measured, or in too few samples, gives no value.
/// </summary>
internal sealed class HourValues
{
    /// <summary>Not measured.</summary>
    public const int None = int.MinValue;

    // Least samples of a window that make a median or a mean: a third of the shortest window.
    private const int LeastSamples = 20, LeastClientSamples = 4;

    // Least measured part of an hour, seconds.
    private const int LeastSeconds = Limits.DetectionHourSeconds / 2;

    // The 95th percentile needs 20 values to be one. Round trips to the broker are few: they are collected for some hours.
    private const int LeastRoundTrips = 20, LongestCollection = 4 * Limits.DetectionHourSeconds;

    // Bins of 2 dB whose middle values are −101.5, −99.5 … dBm.
    private const int RssiFloor = (-102 * 16) - 8, RssiBinWidth = 2;

    private readonly int[] _sums = new int[Metric.Count + 1];
    private readonly int[] _seconds = new int[Metric.Count + 1];
    private readonly Histogram _gateway = new Histogram(Limits.LatencyBins);
    private readonly Histogram _broker = new Histogram(Limits.LatencyBins);

    /// <summary>Values since boot that cannot be and were not used.</summary>
    public uint Refused { get; private set; }

    /// <param name="window">A window that has ended.</param>
    /// <param name="seconds">Its length.</param>
    public void Add(Window window, int seconds)
    {
        LinkStatistics link = window.Link;
        AddRssi(Metric.LinkRssi, link.Rssi, LeastSamples, seconds);
        AddRssi(Metric.ClientRssi, window.Clients.Rssi, LeastClientSamples, seconds);
        Refused += (uint)link.UtilizationRefused;
        if (link.UtilizationSamples >= LeastSamples)
        {
            AddMean(Metric.Utilization, link.UtilizationSum * 16 / link.UtilizationSamples, seconds);
        }

        AddDisconnects(link, seconds);
        AddRoundTrips(Metric.GatewayLatency, _gateway, window.Gateway, seconds);
        AddRoundTrips(Metric.BrokerLatency, _broker, window.Broker, seconds);

        // A question without an answer waited longer than any. Publishes that fail are left out: they tell of the operator's own broker,
        // and would make every home of an outage ring.
        _gateway[Limits.LatencyBins - 1] += window.Gateway.Failures;
    }

    /// <summary>The value of the hour that has ended, in 1/16 of the unit, or <see cref="None"/>; begins the next hour.</summary>
    public int Take(int metric)
    {
        if (Metric.IsLatency(metric))
        {
            return TakePercentile(metric, metric == Metric.GatewayLatency ? _gateway : _broker);
        }

        int sum = _sums[metric], seconds = _seconds[metric];
        Clear(metric);
        if (seconds < LeastSeconds)
        {
            return None;
        }

        return metric == Metric.Disconnects ? (int)((long)sum * Limits.DetectionHourSeconds * 16 / seconds) : sum / seconds;
    }

    private static int Total(Histogram histogram)
    {
        int total = 0;
        for (int bin = 0; bin < histogram.Bins; bin++)
        {
            total += (int)histogram[bin];
        }

        return total;
    }

    // Where in the histogram the percentage is reached, in 1/16 of a bin: within a bin the samples are taken as spread evenly.
    private static int Quantile(Histogram histogram, int total, int percent)
    {
        int wanted = total * percent * 16 / 100, bin = 0;
        int held = (int)histogram[0];
        while (wanted > held * 16)
        {
            wanted -= held * 16;
            bin++;
            held = (int)histogram[bin];
        }

        return (bin * 16) + (held == 0 ? 0 : wanted / held);
    }

    private void AddRssi(int metric, Histogram rssi, int least, int seconds)
    {
        int total = Total(rssi);
        if (total >= least)
        {
            AddMean(metric, RssiFloor + (Quantile(rssi, total, 50) * RssiBinWidth), seconds);
        }
    }

    private void AddMean(int metric, int value, int seconds)
    {
        _sums[metric] += value * seconds;
        _seconds[metric] += seconds;
    }

    private void AddDisconnects(LinkStatistics link, int seconds)
    {
        if (link.Disconnects > seconds)
        {
            Refused++;
        }
        else if (link.IsMeasured)
        {
            _sums[Metric.Disconnects] += (int)link.Disconnects;
            _seconds[Metric.Disconnects] += seconds;
        }
    }

    private void AddRoundTrips(int metric, Histogram pool, LatencyStatistics window, int seconds)
    {
        _seconds[metric] += seconds;
        for (int bin = 0; bin < Limits.LatencyBins; bin++)
        {
            pool[bin] += window.Milliseconds[bin];
        }
    }

    private int TakePercentile(int metric, Histogram pool)
    {
        int total = Total(pool);
        int value = total < LeastRoundTrips ? None : Quantile(pool, total, 95);
        if (value != None || _seconds[metric] >= LongestCollection)
        {
            Clear(metric);
            pool.Clear();
        }

        return value;
    }

    private void Clear(int metric)
    {
        _sums[metric] = 0;
        _seconds[metric] = 0;
    }
}
