using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Fleet;

namespace GatewayAgent.Bench.Diagnosis;

/// <summary>What a collector has of one home. Knows nothing of the simulator but what nodes say.</summary>
internal sealed class HomeDiary(string home, long fromUnix)
{
    private readonly SortedDictionary<string, NodeDiary> _nodes = new(StringComparer.Ordinal);

    public long Messages { get; private set; }

    /// <summary>Takes a message, and acknowledges as a collector does.</summary>
    public Ack? Take(FleetMessage message)
    {
        Messages++;
        if (!_nodes.TryGetValue(message.Node, out NodeDiary? node))
        {
            _nodes.Add(message.Node, node = new NodeDiary(message.Node));
        }

        return node.Take(message.Leaf, message.Payload, message.AtMs);
    }

    public HomeFacts Facts(long nowUnix)
    {
        var from = DateTimeOffset.FromUnixTimeSeconds(fromUnix);
        var now = DateTimeOffset.FromUnixTimeSeconds(nowUnix);
        return new HomeFacts { Home = home, From = from, Now = now, Nodes = [.. _nodes.Values.Select(node => node.Facts(from, now))] };
    }
}
