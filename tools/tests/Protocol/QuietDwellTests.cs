using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Protocol;

public class QuietDwellTests
{
    [Fact]
    public void The_last_value_holds_for_all_remaining_channels()
    {
        var survey = new Survey { Quiet2G = 0b1000_0000_1110, Quiet5G = 0b10, QuietDwellCs = { 72, 36 } };

        Assert.Equal(
            [new QuietChannel(1, 72), new QuietChannel(2, 36), new QuietChannel(3, 36), new QuietChannel(11, 36), new QuietChannel(36, 36)],
            QuietDwell.Expand(survey));
    }

    [Fact]
    public void A_dwell_that_is_not_stated_is_unknown() =>
        Assert.Equal([new QuietChannel(1, null)], QuietDwell.Expand(new Survey { Quiet2G = 1 << 1 }));
}
