namespace GatewayAgent.Ports;

/// <summary>What the node would have of a radio that must leave its channel to learn about its uplink.</summary>
public enum ScanWish
{
    /// <summary>The uplink is in use: rather later.</summary>
    Later = 0,

    /// <summary>As rarely as it is its habit.</summary>
    Rarely = 1,

    /// <summary>Somebody stands before the node and waits for a reading.</summary>
    Often = 2,
}
