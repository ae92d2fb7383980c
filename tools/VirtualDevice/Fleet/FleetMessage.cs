namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>Something that a node says.</summary>
/// <param name="AtMs">When it leaves the node, Unix milliseconds.</param>
/// <param name="Node">Its identifier in the home.</param>
/// <param name="Leaf">Of the topic: <c>report</c>, <c>event</c> or <c>state</c>.</param>
/// <param name="IsRetained">The broker is to keep it for those who come later.</param>
public readonly record struct FleetMessage(long AtMs, string Home, string Node, string Leaf, byte[] Payload, bool IsRetained = false);
