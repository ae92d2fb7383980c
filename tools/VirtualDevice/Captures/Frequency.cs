using GatewayAgent.VirtualDevice.Native;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>Centre frequencies of 20 MHz channels.</summary>
internal static class Frequency
{
    /// <summary>Channel number and band of a frequency; (0, Unknown) when there is no such channel.</summary>
    public static (byte Channel, Band Band) ToChannel(int mhz) => mhz switch
    {
        2484 => (14, Band.Band2G),
        >= 2412 and <= 2472 when (mhz - 2407) % 5 == 0 => ((byte)((mhz - 2407) / 5), Band.Band2G),
        >= 5005 and <= 5925 when mhz % 5 == 0 => ((byte)((mhz - 5000) / 5), Band.Band5G),
        >= 5955 and <= 7115 when (mhz - 5950) % 5 == 0 => ((byte)((mhz - 5950) / 5), Band.Band6G),
        _ => (0, Band.Unknown),
    };
}
