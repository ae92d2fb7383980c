namespace GatewayAgent.Insight.Diagnosis;

/// <summary>What is wrong with a home.</summary>
public enum Cause
{
    /// <summary>A node's uplink was good and has become weak or breaks.</summary>
    WeakBackhaul,

    /// <summary>A node stands where its uplink has never been good.</summary>
    BadPlacement,

    /// <summary>Clients are where no node serves them well.</summary>
    PoorCoverage,

    /// <summary>The home's channel is crowded, and has been for as long as is known.</summary>
    CongestedChannel,

    /// <summary>Somebody new uses the home's channel since a day that is known.</summary>
    NewNeighbour,

    /// <summary>Bursts that are no Wi-Fi: a microwave oven and the like.</summary>
    Interference,

    /// <summary>One access point serves more clients than it can.</summary>
    OverloadedAccessPoint,

    /// <summary>The home works; the way to the operator does not.</summary>
    WanDown,

    /// <summary>A node restarts, hangs or runs out of memory.</summary>
    SickNode,

    /// <summary>A node is silent, and nothing says why.</summary>
    SilentNode,
}
