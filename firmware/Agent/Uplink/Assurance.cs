namespace GatewayAgent.Uplink;

/// <summary>Whose acknowledgement frees a report.</summary>
public enum Assurance
{
    /// <summary>The collector's, sent after its commit: survives the loss of the broker's memory and of the collector.</summary>
    Collector = 0,

    /// <summary>The broker's: for backends that send no acknowledgements.</summary>
    Broker = 1,
}
