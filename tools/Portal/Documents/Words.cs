using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Documents;

/// <summary>Enumerations of the contract as words of the API; null where nothing is said.</summary>
internal static class Words
{
    public static string? Of(State.Types.Status? status) => status switch
    {
        State.Types.Status.Online => "online",
        State.Types.Status.Offline => "offline",
        _ => null,
    };

    public static string Of(Source source) => source switch
    {
        Source.Native => "native",
        Source.StockScan => "stockScan",
        Source.StockEvent => "stockEvent",
        Source.BssLoad => "bssLoad",
        _ => $"{(int)source}",
    };

    public static string Of(Role role) => role == Role.Companion ? "companion" : "meshNode";

    public static string Of(Mode mode) => mode == Mode.Safe ? "safe" : "normal";

    public static string Of(Metric metric) => metric switch
    {
        Metric.LinkRssi => "linkRssi",
        Metric.Utilization => "utilization",
        Metric.GatewayLatency => "gatewayLatency",
        Metric.BrokerLatency => "brokerLatency",
        Metric.Disconnects => "disconnects",
        Metric.ClientRssi => "clientRssi",
        _ => $"{(int)metric}",
    };

    /// <summary>Unit of the values of an event.</summary>
    public static string UnitOf(Metric metric) => metric switch
    {
        Metric.LinkRssi or Metric.ClientRssi => "dBm",
        Metric.Utilization => "0-255",
        Metric.GatewayLatency or Metric.BrokerLatency => "ms",
        Metric.Disconnects => "1/h",
        _ => "unknown",
    };

    public static string Of(Classifier classifier) => char.ToLowerInvariant($"{classifier}"[0]) + $"{classifier}"[1..];

    /// <summary>A keyed hash.</summary>
    public static string Hash(uint hash) => $"{hash:x8}";
}
