using GatewayAgent.Doctor.Log;
using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The node's own uplink.</summary>
internal sealed class WifiCheck() : LogCheck("Wi-Fi", Stage.Wifi)
{
    // Below it a link drops frames and reconnects: the agent's placement display calls it too far.
    private const int WeakDbm = -80;

    protected override Verdict JudgeRest(Evidence evidence)
    {
        if (Median(Latest.Report(evidence)?.Report.Link) is { } dbm)
        {
            return dbm < WeakDbm
                ? Verdict.Wrong($"the node's Wi-Fi is weak: {dbm} dBm", "median of its newest report", "move it nearer to the gateway, or put a node between them (./gw command HOME/NODE placement helps)")
                : Verdict.Fine($"{dbm} dBm");
        }

        return evidence.IsOnline ? Verdict.Fine("it carries the node's connection to the broker") : Verdict.Unknown(NoLog(evidence));
    }

    private static int? Median(Link? link) =>
        link != null && Histogram.TryUnpack(link.RssiHistogram, HistogramScale.Rssi, out Histogram? histogram, out _) ? histogram.Percentile(50)?.Least : null;
}
