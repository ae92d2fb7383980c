namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>What is wrong with a simulated home: the truth that nobody but the simulator knows.</summary>
public enum TroubleKind
{
    /// <summary>Nothing but what happens everywhere.</summary>
    Healthy,

    /// <summary>A node's uplink fades, falls at once, or fails now and then, from a day on.</summary>
    WeakBackhaul,

    /// <summary>A node has stood in a bad place from the first day.</summary>
    BadPlacement,

    /// <summary>The neighbours have filled the channel from the first day.</summary>
    CongestedChannel,

    /// <summary>From a day on there is one neighbour more, who uses a fifth to a half of the air.</summary>
    NewNeighbour,

    /// <summary>Something that is no Wi-Fi breaks frames for minutes to an hour, each day, from a day on.</summary>
    Interference,

    /// <summary>From a day on more devices come to one access point than it can serve.</summary>
    OverloadedAccessPoint,

    /// <summary>Nothing leads out of the home for hours, several times.</summary>
    WanDown,

    /// <summary>A node's board fails: panics, a leak, threads that die, a weak supply.</summary>
    SickNode,
}
