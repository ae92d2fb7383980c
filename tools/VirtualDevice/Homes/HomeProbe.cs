using GatewayAgent.Ports;

namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>Round trips to the gateway as distance, load and hops make them.</summary>
internal sealed class HomeProbe(Home home, MeshNode node) : ILatencyProbe
{
    private const double BaseMs = 2, HopMs = 2, QueueMs = 5, RetryMsPerDb = 3;
    private const double WeakDbm = -74, LostDbm = -84;
    private const double LossAtTheEdge = 0.3;

    private readonly SeededRandom _random = new(((long)home.Script.Seed << 16) + 0x8000 + node.Index);

    public bool IsAvailable => node.IsConnected;

    public int Measure()
    {
        bool isLost = node.UplinkRssi < LostDbm && _random.Next() < LossAtTheEdge;
        return isLost || !node.ReachesGateway
            ? -1
            : Milliseconds(home.Utilization(home.Gateway.Channel), node.UplinkRssi, node.Hops, _random.Exponential());
    }

    /// <summary>A round trip: the way, the queue of a busy channel, and the repetitions of a weak link.</summary>
    /// <param name="load">Share of the air time that is used, 0–1.</param>
    /// <param name="uplinkRssi">dBm.</param>
    /// <param name="hops">Nodes in between.</param>
    /// <param name="chance">Mean 1.</param>
    internal static int Milliseconds(double load, double uplinkRssi, int hops, double chance)
    {
        double queue = QueueMs * load / (1 - load);
        double retries = RetryMsPerDb * Math.Max(0, WeakDbm - uplinkRssi);
        return (int)(BaseMs + (HopMs * hops) + ((queue + retries) * chance));
    }
}
