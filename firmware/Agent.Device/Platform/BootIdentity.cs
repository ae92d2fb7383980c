using System;

namespace GatewayAgent.Device.Platform;

/// <summary>
/// The number of this boot: a counter kept on flash in the upper half, so that boots of a node do not repeat, and chance in the lower, so
/// that they do not repeat either when the flash was wiped or does not work.
/// </summary>
public static class BootIdentity
{
    private const string CounterName = "boot-count";

    /// <returns>Never 0.</returns>
    public static uint Next(FlashStore store, Random random)
    {
        uint count = NextCount(store);
        return (count << 16) | (uint)(1 + random.Next(0xFFFF));
    }

    private static uint NextCount(FlashStore store)
    {
        try
        {
            string text = store.Read(CounterName);
            uint count = (text == null ? 0 : ParseOrZero(text)) + 1;
            store.Write(CounterName, count.ToString());
            return count;
        }
        catch (Exception)
        {
            // A flash that fails throws a plain Exception on the device. The node works without.
            return 0;
        }
    }

    private static uint ParseOrZero(string text)
    {
        try
        {
            return uint.Parse(text);
        }
        catch (Exception)
        {
            // FormatException or, for a number that is too large, whatever the runtime makes of it.
            return 0;
        }
    }
}
