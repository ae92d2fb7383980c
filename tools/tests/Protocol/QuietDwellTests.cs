using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Protocol;

public class QuietDwellTests
{
    private static readonly IReadOnlyList<HeardRow> _heardOn6 = [new HeardRow(6, 100, 1, 50, 9, 0, 0, null)];

    [Fact]
    public void The_last_value_holds_for_all_remaining_channels()
    {
        var survey = new Survey { Surveyed2G = 0b1000_0100_1110, Surveyed5G = 0b10, QuietDwellCs = { 72, 36 } };

        Assert.Equal(
            [new QuietChannel(1, 72), new QuietChannel(2, 36), new QuietChannel(3, 36), new QuietChannel(11, 36), new QuietChannel(36, 36)],
            QuietDwell.Expand(survey, _heardOn6));
    }

    [Fact]
    public void A_channel_with_a_row_is_not_quiet() =>
        Assert.Empty(QuietDwell.Expand(new Survey { Surveyed2G = 1 << 6, QuietDwellCs = { 5 } }, _heardOn6));

    [Fact]
    public void A_dwell_that_is_not_stated_is_unknown() =>
        Assert.Equal([new QuietChannel(1, null)], QuietDwell.Expand(new Survey { Surveyed2G = 1 << 1 }, []));
}
