using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Scoring;

/// <summary>The figures of one window, or of several merged ones, as scores and rules use them. NaN = unknown.</summary>
internal readonly struct WindowView(NodeWindow window)
{
    private const double FullUtilization = 255;

    public Report Report => window.Report;

    public double Seconds => window.Report.SpanS;

    /// <summary>Mean number of clients; NaN when nobody counted.</summary>
    public double Clients => Report.Clients is { Samples: > 0 } clients ? (double)clients.CountSum / clients.Samples : double.NaN;

    /// <summary>Those who had the time: the household itself when there is no client.</summary>
    public double Users => Clients is var clients && clients > 1 ? clients : 1;

    /// <summary>Channel of the uplink; 0 = unknown.</summary>
    public uint Channel => Report.Link is { HasChannel: true } link ? link.Channel : 0;

    /// <summary>Samples of the uplink, with or without RSSI.</summary>
    public long LinkSamples => Report.Link is { } link ? Bins.Total(link.RssiHistogram) + link.SamplesWithoutRssi : 0;

    /// <summary>Share of the time in which the uplink was weaker than a limit, or gone.</summary>
    public double LinkBadShare(double dbm) => Report.Link is { } link && LinkSamples is > 0 and var samples
        ? (double)(Bins.Below(link.RssiHistogram, Bins.RssiBin(dbm)) + link.SamplesWithoutRssi) / samples
        : double.NaN;

    /// <summary>Share of the clients' time in which they were heard more weakly than a limit; NaN when unknown or too old.</summary>
    public double ClientsWeakShare(double dbm, double oldestS)
    {
        if (Report.Clients is not { } clients || (clients.HasAgeS && clients.AgeS > Math.Max(oldestS, Seconds)))
        {
            return double.NaN;
        }

        long samples = Bins.Total(clients.RssiHistogram);
        return samples == 0 ? double.NaN : (double)Bins.Below(clients.RssiHistogram, Bins.RssiBin(dbm)) / samples;
    }

    public long GatewayTrips => Report.Latency is { } latency ? Bins.Total(latency.GatewayHistogram) + latency.GatewayFailures : 0;

    public long BrokerTrips => Report.Latency is { } latency ? Bins.Total(latency.BrokerHistogram) + latency.BrokerFailures : 0;

    /// <summary>Share of the round trips to the gateway that failed or took longer than a limit.</summary>
    public double GatewayBadShare(double milliseconds) => GatewayTrips is > 0 and var trips
        ? (trips - (double)Bins.Below(Report.Latency.GatewayHistogram, Bins.LatencyBin(milliseconds))) / trips
        : double.NaN;

    public double BrokerBadShare(double milliseconds) => BrokerTrips is > 0 and var trips
        ? (trips - (double)Bins.Below(Report.Latency.BrokerHistogram, Bins.LatencyBin(milliseconds))) / trips
        : double.NaN;

    /// <summary>What was heard on the own channel; null when that is not known.</summary>
    public HeardRow? OwnRow
    {
        get
        {
            uint channel = Channel;
            for (int i = 0; channel != 0 && i < window.Rows.Count; i++)
            {
                if (window.Rows[i].Channel == channel)
                {
                    return window.Rows[i];
                }
            }

            return null;
        }
    }

    /// <summary>Utilisation that a row's access points state, %.</summary>
    public static double Percent(double load) => 100 * load / FullUtilization;

    /// <summary>Share of the listened time that frames took whose rate was known, %: a lower bound of what was used.</summary>
    public static double AirtimePercent(HeardRow row) => row.DwellCs == 0 ? double.NaN : 10.0 * row.AirtimeMs / row.DwellCs;

    /// <summary>The node's start was no good one.</summary>
    public bool HasCrashed => Report.Health?.ResetCause is
        ResetCause.Panic or ResetCause.InterruptWatchdog or ResetCause.TaskWatchdog or ResetCause.OtherWatchdog or ResetCause.Brownout;
}
