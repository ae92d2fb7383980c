namespace GatewayAgent.Ports;

/// <summary>Bits of the native Caps record (ABI 1).</summary>
public static class RadioCapabilities
{
    public const uint Link = 1;
    public const uint Dwell = 2;
    public const uint Airtime = 4;
    public const uint BssLoad = 8;
    public const uint Band5G = 16;
    public const uint Watchdog = 32;
    public const uint FreshStationRssi = 64;
}
