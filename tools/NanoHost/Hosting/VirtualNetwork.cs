namespace GatewayAgent.NanoHost;

/// <summary>One access point in a scan result.</summary>
/// <param name="Bssid">Six bytes.</param>
/// <param name="RssiDbm">dBm.</param>
public sealed record VirtualNetwork(byte[] Bssid, string Ssid, sbyte RssiDbm);
