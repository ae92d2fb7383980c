namespace GatewayAgent.VirtualDevice.Running;

/// <summary>The steps of a node, in the order in which those of one moment run.</summary>
internal enum StepKind
{
    Sample,
    Probe,
    Uplink,

    /// <summary>Light, display and button, of a node that has them.</summary>
    Board,
}
