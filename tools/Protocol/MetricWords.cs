using System.Globalization;

namespace GatewayAgent.Protocol;

/// <summary>A metric of an event as people read it.</summary>
/// <param name="Name">What was measured, and of it what.</param>
/// <param name="Unit">In which <see cref="Value"/> is.</param>
internal sealed record MetricWords(string Name, string Unit)
{
    private const int FullUtilization = 255;

    private bool IsShare { get; init; }

    public static MetricWords Of(Metric metric) => metric switch
    {
        Metric.LinkRssi => new("backhaul median", "dBm"),
        Metric.Utilization => new("utilisation of the own channel", "%") { IsShare = true },
        Metric.GatewayLatency => new("95th percentile of the round trips to the gateway", "ms"),
        Metric.BrokerLatency => new("95th percentile of the round trips to the broker", "ms"),
        Metric.Disconnects => new("disconnects", "an hour"),
        Metric.ClientRssi => new("median of the clients", "dBm"),
        _ => new(string.Create(CultureInfo.InvariantCulture, $"metric {(int)metric}"), "(unit unknown)"),
    };

    /// <summary>A value of the contract in <see cref="Unit"/>.</summary>
    public string Value(int value) =>
        (IsShare ? (int)Math.Round(value * 100.0 / FullUtilization) : value).ToString(CultureInfo.InvariantCulture);
}
