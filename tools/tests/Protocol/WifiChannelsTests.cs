using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Protocol;

public class WifiChannelsTests
{
    [Fact]
    public void The_full_masks_are_all_42_channels_in_order()
    {
        IReadOnlyList<int> all = WifiChannels.FromMasks(WifiChannels.Mask2G, WifiChannels.Mask5G);

        Assert.Equal(42, all.Count);
        Assert.Equal(all.Order(), all);
        Assert.All(all, channel => Assert.True(WifiChannels.IsKnown((uint)channel)));
    }

    [Theory]
    [InlineData(1, 36)]
    [InlineData(8, 64)]
    [InlineData(9, 100)]
    [InlineData(20, 144)]
    [InlineData(21, 149)]
    [InlineData(28, 177)]
    public void Bit_k_of_5_GHz_is_the_kth_channel_counted_from_1(int bit, int channel) =>
        Assert.Equal([channel], WifiChannels.FromMasks(0, 1u << bit));

    [Fact]
    public void Masks_and_channels_are_the_same_thing()
    {
        int[] channels = [1, 6, 14, 36, 100, 177];
        (uint mask2G, uint mask5G) = WifiChannels.ToMasks(channels);

        Assert.Equal(channels, WifiChannels.FromMasks(mask2G, mask5G));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(34)]
    [InlineData(68)]
    [InlineData(146)]
    [InlineData(181)]
    [InlineData(292)]
    public void Other_numbers_are_no_channels(int channel)
    {
        Assert.False(WifiChannels.IsKnown((uint)channel));
        Assert.Throws<ArgumentOutOfRangeException>(() => WifiChannels.ToMasks([channel]));
    }

    [Fact]
    public void Bits_that_stand_for_no_channel_are_left_out() => Assert.Empty(WifiChannels.FromMasks(~WifiChannels.Mask2G, ~WifiChannels.Mask5G));
}
