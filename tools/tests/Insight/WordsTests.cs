using GatewayAgent.Insight.Diagnosis;

namespace GatewayAgent.Tests.Insight;

/// <summary>Times as they are said.</summary>
public sealed class WordsTests
{
    private static readonly TimeZoneInfo _berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // A Tuesday; Berlin put its clocks forward on 29 March 2026 at 01:00 UTC.
    private static readonly DateTimeOffset _now = new(2026, 3, 31, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-31T02:30Z", "early this morning")]
    [InlineData("2026-03-31T08:00Z", "this morning")]
    [InlineData("2026-03-30T22:30Z", "early this morning")]
    [InlineData("2026-03-30T19:00Z", "yesterday evening")]
    [InlineData("2026-03-29T22:30Z", "early yesterday morning")]
    [InlineData("2026-03-28T16:30Z", "on Saturday afternoon")]
    [InlineData("2026-03-28T17:30Z", "on Saturday evening")]
    [InlineData("2026-03-29T15:30Z", "on Sunday afternoon")]
    [InlineData("2026-03-29T16:30Z", "on Sunday evening")]
    [InlineData("2026-03-29T02:30Z", "early on Sunday")]
    [InlineData("2026-03-03T12:00Z", "on 3 March")]
    [InlineData("2025-12-24T12:00Z", "on 24 December 2025")]
    public void Times_are_said_by_the_clock_in_the_home(string moment, string words) =>
        Assert.Equal(words, Words.When(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), _now, _berlin));

    [Theory]
    [InlineData("2026-03-31T08:05Z", "today at 08:05 UTC", "today at 08:05 UTC")]
    [InlineData("2026-03-30T19:00Z", "yesterday at 19:00 UTC", "yesterday at 19:00 UTC")]
    [InlineData("2026-03-28T17:30Z", "on Saturday at 17:30 UTC", "Saturday at 17:30 UTC")]
    [InlineData("2026-03-03T12:00Z", "on 3 March", "3 March")]
    public void Where_the_clock_in_the_home_is_not_known_times_are_said_in_utc(string moment, string words, string since)
    {
        string when = Words.When(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), _now, zone: null);
        Assert.Equal((words, since), (when, Words.Since(when)));
    }
}
