namespace GatewayAgent.NanoHost;

/// <summary>The node's soft AP as configured.</summary>
public sealed record VirtualAccessPoint(string Ssid, byte Channel, byte MaxConnections);
