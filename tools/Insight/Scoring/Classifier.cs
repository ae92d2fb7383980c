namespace GatewayAgent.Insight.Scoring;

/// <summary>What made time bad. A window that is bad for several reasons counts for the one that explains most of it.</summary>
public enum Classifier
{
    /// <summary>Clients hear their access point too weakly.</summary>
    Coverage,

    /// <summary>The channel's air time is used up by Wi-Fi.</summary>
    Congestion,

    /// <summary>The air is busy or frames break, and no Wi-Fi explains it.</summary>
    Interference,

    /// <summary>The node's own uplink is weak, lost or slow.</summary>
    Backhaul,

    /// <summary>Beyond the gateway: the home works, and the way out does not.</summary>
    Wan,

    /// <summary>The node itself: restarts, memory, threads.</summary>
    NodeHealth,

    /// <summary>More clients on one access point than it can serve.</summary>
    Overload,

    /// <summary>The node has never had a good uplink where it stands.</summary>
    Placement,
}
