namespace GatewayAgent.Sampling;

/// <summary>
/// The 42 channels in ascending order, and their bits in the 2.4 and 5 GHz masks (the numbering of ESP-IDF's channel_bitmap).
/// </summary>
public static class ChannelMap
{
    private const int Channels2g = 14;
    private const int LowFirst = 36, LowLast = 64, MiddleFirst = 100, MiddleLast = 144, HighFirst = 149, HighLast = 177;
    private const int LowCount = ((LowLast - LowFirst) / 4) + 1, MiddleCount = ((MiddleLast - MiddleFirst) / 4) + 1;

    /// <summary>All bits of the 2.4 GHz and of the 5 GHz mask.</summary>
    public const uint All2g = 0x7FFE, All5g = 0x1FFF_FFFE;

    /// <summary>Channel number at a place 0–41.</summary>
    public static int ChannelAt(int index)
    {
        if (index < Channels2g)
        {
            return index + 1;
        }

        int k = index - Channels2g;
        if (k < LowCount)
        {
            return LowFirst + (4 * k);
        }

        k -= LowCount;
        return k < MiddleCount ? MiddleFirst + (4 * k) : HighFirst + (4 * (k - MiddleCount));
    }

    /// <summary>Place 0–41 of a channel number, or −1 when there is no such channel.</summary>
    public static int IndexOf(int channel)
    {
        if (channel >= 1 && channel <= Channels2g)
        {
            return channel - 1;
        }

        if (channel >= LowFirst && channel <= LowLast)
        {
            return InGroup(channel - LowFirst, Channels2g);
        }

        if (channel >= MiddleFirst && channel <= MiddleLast)
        {
            return InGroup(channel - MiddleFirst, Channels2g + LowCount);
        }

        return channel >= HighFirst && channel <= HighLast
            ? InGroup(channel - HighFirst, Channels2g + LowCount + MiddleCount)
            : -1;
    }

    /// <summary>Bit of the place in the 2.4 GHz mask, 0 when it is a 5 GHz channel.</summary>
    public static uint Bit2g(int index) => index < Channels2g ? 1u << (index + 1) : 0u;

    /// <summary>Bit of the place in the 5 GHz mask, 0 when it is a 2.4 GHz channel.</summary>
    public static uint Bit5g(int index) => index < Channels2g ? 0u : 1u << (index - Channels2g + 1);

    private static int InGroup(int offset, int first) => offset % 4 == 0 ? first + (offset / 4) : -1;
}
