namespace GatewayAgent.NanoHost;

/// <summary>IPv4 addresses of the uplink in dotted notation, and the interface's MAC (six bytes).</summary>
public sealed record VirtualAddresses(string Address, string SubnetMask, string Gateway, byte[] Mac);
