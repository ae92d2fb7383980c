using System.Net.NetworkInformation;

namespace GatewayAgent.NanoHost;

/// <summary>One station of the soft AP.</summary>
/// <param name="Mac">Six bytes.</param>
/// <param name="RssiDbm">dBm, as old as the last join or leave.</param>
public sealed record VirtualStation(byte[] Mac, sbyte RssiDbm, PhyProtocols Phy);
