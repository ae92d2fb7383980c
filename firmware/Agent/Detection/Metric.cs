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
        LinkRssi => 40, // 2½ dB: doors and people in the way make as much, for days
        Utilization => 128, // 8 of 255: 3 % of the air time, a beacon more or less of each neighbour
        GatewayLatency => 5, // a third of a doubling: the bins are no finer
        BrokerLatency => 8, // half a doubling: as few as 20 round trips make a percentile
        Disconnects => 10, // 0.6 an hour: one in an hour is chance, one each hour is not
        _ => 96, // client RSSI, 6 dB: which client is where moves the median, not the network
    };

    /// <summary>k, in 1/16 of a spread: what a value may be worse than the baseline without adding up.</summary>
    public static int Slack(int metric) => metric switch
    {
        Utilization => 10, // its spread holds the whole difference of day and night, which a neighbour need not exceed
        _ => 16,
    };

    /// <summary>
    /// What has to add up before an alarm at a sensitivity of 100, in spreads. An hour adds at most <see cref="Limits.DetectionLimit"/>
    /// less k. Noise with a memory of hours to days (evenings, weekends, shut doors) asks for much more than independent values would.
    /// </summary>
    public static int Threshold(int metric) => metric switch
    {
        LinkRssi => 36,
        Utilization => 60, // days off are busy from morning to night
        GatewayLatency => 48, // follows the utilisation
        BrokerLatency => 36,
        Disconnects => 60, // a weak link drops all night while a door is shut
        _ => 48,
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
