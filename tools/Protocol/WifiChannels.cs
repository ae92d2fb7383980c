namespace GatewayAgent.Protocol;

/// <summary>Channel numbers and the bit masks of <see cref="Survey"/> (the numbering of ESP-IDF's channel_bitmap).</summary>
public static class WifiChannels
{
    /// <summary>Bits 1–14 of <see cref="Survey.Quiet2G"/>.</summary>
    public const uint Mask2G = 0x7FFE;

    /// <summary>Bits 1–28 of <see cref="Survey.Quiet5G"/>.</summary>
    public const uint Mask5G = 0x1FFF_FFFE;

    private static readonly byte[] _numbers5G =
        [36, 40, 44, 48, 52, 56, 60, 64, 100, 104, 108, 112, 116, 120, 124, 128, 132, 136, 140, 144, 149, 153, 157, 161, 165, 169, 173, 177];

    /// <summary>Whether the contract knows the channel: 1–14, 36–64, 100–144, 149–177.</summary>
    public static bool IsKnown(uint channel) => channel is >= 1 and <= 14 || IndexOf5G(channel) >= 0;

    /// <summary>Whether the bit of the channel is set in its mask; false for a channel that is not known.</summary>
    public static bool IsIn(uint channel, uint mask2G, uint mask5G) => channel is >= 1 and <= 14
        ? (mask2G >> (int)channel & 1) != 0
        : IndexOf5G(channel) is >= 0 and int index && (mask5G >> (index + 1) & 1) != 0;

    /// <summary>Channels of both masks, ascending. Bits that stand for no channel are left out.</summary>
    public static IReadOnlyList<int> FromMasks(uint mask2G, uint mask5G)
    {
        var channels = new List<int>();
        for (int bit = 1; bit <= 14; bit++)
        {
            if ((mask2G >> bit & 1) != 0)
            {
                channels.Add(bit);
            }
        }

        for (int k = 1; k <= _numbers5G.Length; k++)
        {
            if ((mask5G >> k & 1) != 0)
            {
                channels.Add(_numbers5G[k - 1]);
            }
        }

        return channels;
    }

    /// <summary>The two masks of a set of channels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A channel that the contract does not know.</exception>
    public static (uint Mask2G, uint Mask5G) ToMasks(IEnumerable<int> channels)
    {
        uint mask2G = 0;
        uint mask5G = 0;
        foreach (int channel in channels)
        {
            if (channel is >= 1 and <= 14)
            {
                mask2G |= 1u << channel;
                continue;
            }

            int index = channel < 0 ? -1 : IndexOf5G((uint)channel);
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(channels));
            mask5G |= 1u << (index + 1);
        }

        return (mask2G, mask5G);
    }

    private static int IndexOf5G(uint channel) => channel > byte.MaxValue ? -1 : Array.BinarySearch(_numbers5G, (byte)channel);
}
