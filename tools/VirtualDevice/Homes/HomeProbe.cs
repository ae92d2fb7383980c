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
        if (isLost || !node.ReachesGateway)
        {
            return -1;
        }

        double load = home.Utilization(home.Gateway.Channel);
        double queue = QueueMs * load / (1 - load);
        double retries = RetryMsPerDb * Math.Max(0, WeakDbm - node.UplinkRssi);
        return (int)(BaseMs + (HopMs * node.Hops) + ((queue + retries) * _random.Exponential()));
    }
}
