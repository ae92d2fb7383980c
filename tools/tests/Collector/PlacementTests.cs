using GatewayAgent.Collector.Store;

namespace GatewayAgent.Tests.Collector;

public class PlacementTests
{
    [Theory]
    [InlineData("5-5", "", "New")]
    [InlineData("5-5", "5-5", "Duplicate")]
    [InlineData("5-6", "1-9", "Duplicate")]
    [InlineData("1-3", "1-1 2-2 3-3", "Duplicate")]
    [InlineData("3-6", "1-4 5-8", "Duplicate")]
    [InlineData("1-3", "1-1 3-3", "Supersedes")]
    [InlineData("1-4", "2-3", "Supersedes")]
    [InlineData("4-6", "1-4", "Overlap")]
    [InlineData("4-6", "6-9", "Overlap")]
    [InlineData("3-8", "1-4 6-6", "Overlap")]
    [InlineData("1-4294967295", "4294967295-4294967295", "Supersedes")]
    public void A_report_is_placed_by_the_ranges_it_meets(string range, string stored, string placement)
    {
        StoredReport[] reports = [.. stored.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((text, i) => Stored(i, text))];

        Assert.Equal(Enum.Parse<Placement>(placement), Placements.Of(Range(range), reports, retiredThrough: 0));
    }

    [Theory]
    [InlineData("3-5", 5, "Duplicate")]
    [InlineData("5-7", 5, "Overlap")]
    [InlineData("6-7", 5, "New")]
    public void What_was_dropped_by_age_does_not_come_back(string range, uint retiredThrough, string placement) =>
        Assert.Equal(Enum.Parse<Placement>(placement), Placements.Of(Range(range), [], retiredThrough));

    private static StoredReport Stored(long key, string range) => new(key, Range(range), 0, 60, null, 0);

    private static SequenceRange Range(string text)
    {
        string[] ends = text.Split('-');
        return new SequenceRange(uint.Parse(ends[0]), uint.Parse(ends[1]));
    }
}
