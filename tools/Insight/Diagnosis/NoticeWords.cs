using GatewayAgent.Protocol;
using static GatewayAgent.Insight.Diagnosis.Words;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>What a node noticed itself, in words and units for people.</summary>
/// <param name="Name">What it looks at.</param>
/// <param name="Unit">Of <see cref="Before"/> and <see cref="Now"/>.</param>
internal sealed record NoticeWords(string Name, string Unit, double Before, double Now)
{
    private const double FullUtilization = 255, Percent = 100;

    public static NoticeWords Of(Event told) => told.Metric switch
    {
        Metric.LinkRssi => new("uplink RSSI", "dBm", told.Baseline, told.Now),
        Metric.ClientRssi => new("client RSSI", "dBm", told.Baseline, told.Now),
        Metric.Utilization => new("utilisation of the own channel", "%", Share(told.Baseline), Share(told.Now)),
        Metric.Disconnects => new("uplink interruptions", "an hour", told.Baseline, told.Now),
        Metric.BrokerLatency => new("slowest round trips to the broker", "ms", told.Baseline, told.Now),
        _ => new("slowest round trips to the gateway", "ms", told.Baseline, told.Now),
    };

    /// <summary>"The attic node noticed it itself: its uplink RSSI fell from −61 to −79 dBm on Tuesday evening."</summary>
    public string Sentence(string node, string when)
    {
        string change = Unit == "dBm" ? DbmChange(Before, Now) : Unit == "%" ? PercentChange(Before, Now) : $"from {Short(Before)} to {Short(Now)} {Unit}";
        return $"The {node} node noticed it itself: {Name} {(Now < Before ? "fell" : "rose")} {change} {when}.";
    }

    private static double Share(int value) => Math.Round(Percent * value / FullUtilization, 1);
}
