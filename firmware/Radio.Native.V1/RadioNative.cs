using System.Runtime.CompilerServices;

namespace GatewayAgent.Radio.Native.V1;

/// <summary>
/// The native assembly's face, ABI 1: nothing but calls. Records are little-endian, written into the caller's buffer; a result ≥ 0 is a
/// number of records or bytes, a negative one a code (−1 buffer too small, −2 busy, −3 not connected, −4 unsupported,
/// −(1000 + esp_err_t)). On an image without the native assembly the first call throws <see cref="System.NotSupportedException"/>.
/// A future ABI is a new assembly (…V2), so that no mismatch can stop an image from loading.
/// </summary>
public static class RadioNative
{
    /// <summary>Caps record, 16 bytes.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int GetCaps(byte[] record);

    /// <summary>Link record, 24 bytes.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int GetLink(byte[] record);

    /// <summary>Station records, 8 bytes each.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int GetStations(byte[] records);

    /// <summary>Channel records, 48 bytes each; clears the accumulators.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int TakeChannels(byte[] records);

    /// <summary>Totals record, 32 bytes; running since boot, modulo 2^32.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int GetTotals(byte[] record);

    /// <summary>Health record, 28 bytes.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int GetHealth(byte[] record);

    /// <summary>Starts a passive scan of one channel; returns at once.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int BeginDwell(int channel, int milliseconds);

    /// <summary>Restarts the chip unless it is called again within this time.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int FeedWatchdog(int milliseconds);
}
