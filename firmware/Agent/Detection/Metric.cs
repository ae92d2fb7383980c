namespace GatewayAgent.Detection;

/// <summary>What is watched for changes; numbers as <c>Metric</c> of agent.proto.</summary>
public static class Metric
{
    public const int LinkRssi = 1, Utilization = 2, GatewayLatency = 3, BrokerLatency = 4, Disconnects = 5, ClientRssi = 6;

    public const int Count = 6;

    /// <summary>True for levels of signal: less of it is worse.</summary>
    public static bool IsWorseWhenLower(int metric) => metric == LinkRssi || metric == ClientRssi;

    /// <summary>True for round trips, whose values are sixteenths of a doubling: 2 to 4 ms is as far as 200 to 400 ms.</summary>
    public static bool IsLatency(int metric) => metric == GatewayLatency || metric == BrokerLatency;

    /// <summary>
    /// The least spread that a metric is taken to have, in 1/16 of its unit, however calm it was while it was learned: one spread is a
    /// change that somebody might notice.
    /// </summary>
    public static int LeastSpread(int metric) => metric switch
    {
        LinkRssi => 20, // 1¼ dB: a door, a body beside the node
        Utilization => 128, // 8 of 255: 3 % of the air time, a beacon more or less of each neighbour
        GatewayLatency => 5, // a third of a doubling: the width of a bin leaves no more
        BrokerLatency => 8, // half a doubling: as few as 20 round trips make a percentile
        Disconnects => 10, // 0.6 an hour: one in an hour is chance, one each hour is not
        _ => 64, // client RSSI, 4 dB: which client is where moves the median, not the network
    };

    /// <summary>A value in the unit that agent.proto names, from sixteenths.</summary>
    public static int InUnit(int metric, int sixteenths)
    {
        if (!IsLatency(metric))
        {
            return (sixteenths + 8) >> 4;
        }

        int bin = sixteenths >> 4;
        return bin == 0 ? 0 : ((16 + (sixteenths & 15)) << (bin - 1)) >> 4;
    }
}
