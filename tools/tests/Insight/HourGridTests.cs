using GatewayAgent.Insight.Diagnosis;

namespace GatewayAgent.Tests.Insight;

/// <summary>Hours by the clock in the home.</summary>
public sealed class HourGridTests
{
    [Fact]
    public void Hours_and_days_off_are_those_of_the_home_also_in_the_night_its_clock_changes()
    {
        // From Saturday, 28 March 2026, 22:00 UTC: 23:00 in Berlin, where 02:00 is left out.
        var grid = new HourGrid(new DateTimeOffset(2026, 3, 28, 22, 0, 0, TimeSpan.Zero), 30, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal([23, 0, 1, 3, 4], Enumerable.Range(0, 5).Select(grid.HourOfDay));
        Assert.True(grid.IsWeekend(23));
        Assert.False(grid.IsWeekend(24));
    }
}
