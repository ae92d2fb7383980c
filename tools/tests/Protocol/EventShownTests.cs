using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Protocol;

/// <summary>Events as people and programs read them.</summary>
public class EventShownTests
{
    [Fact]
    public void It_is_one_line_of_what_changed_from_where_to_where_and_since_when() => Assert.Equal(
        "backhaul median fell from -61 to -79 dBm since 2026-09-21T13:53:20Z", EventText.Line(Carried()));

    [Fact]
    public void Utilisation_is_told_in_per_cent_and_what_was_held_back_is_counted() => Assert.Equal(
        "utilisation of the own channel rose from 10 to 45 % since uptime 7200 s (3 more were held back)",
        EventText.Line(new Event { Metric = Metric.Utilization, Baseline = 26, Now = 115, SinceS = 7200, Suppressed = 3 }));

    [Fact]
    public void A_recovery_says_that_it_is_back() => Assert.Equal(
        "disconnects is back from 0 to 1 an hour, since uptime 9 s",
        EventText.Line(new Event { Metric = Metric.Disconnects, Recovered = true, Baseline = 0, Now = 1, SinceS = 9 }));

    [Fact]
    public void What_began_before_the_boot_began_before_it()
    {
        var e = new Event { Metric = Metric.GatewayLatency, Baseline = 3, Now = 31, BeforeBootS = 60 };
        Assert.EndsWith(" rose from 3 to 31 ms since 60 s before the boot", EventText.Line(e), StringComparison.Ordinal);
        e.BootTime = 1_790_000_060;
        Assert.EndsWith(" ms since 2026-09-21T14:13:20Z", EventText.Line(e), StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_it_is_text_with_the_evidence() => Assert.Equal(
        """
        backhaul median fell from -61 to -79 dBm since 2026-09-21T13:53:20Z
        event    2 of boot 0000000b, told at uptime 9000 s, 9.1 usual spreads
        evidence -62 -78 -80 dBm, oldest first
        station  000000ff is the weakest

        """,
        EventText.Write(new Reading<Event>(Carried(), [])));

    [Fact]
    public void As_JSON_it_has_the_names_of_the_contract()
    {
        string json = EventJson.Write(new Reading<Event>(Carried(), [new Problem("at_s", "1", "no")]));

        using var read = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal("link_rssi", read.RootElement.GetProperty("metric").GetString());
        Assert.Equal([-62, -78, -80], read.RootElement.GetProperty("evidence").EnumerateArray().Select(value => value.GetInt32()));
        Assert.Equal("000000ff", read.RootElement.GetProperty("station").GetString());
        Assert.Equal("at_s 1: no", read.RootElement.GetProperty("problems")[0].GetString());
    }

    [Theory]
    [InlineData(5u, 7u, "since_s 5: is 0 when it began before the boot")]
    [InlineData(0u, 7u, "")]
    [InlineData(5u, 0u, "")]
    public void Since_is_told_once(uint since, uint beforeBoot, string problem)
    {
        Event e = Carried();
        (e.SinceS, e.BeforeBootS) = (since, beforeBoot);

        Assert.Equal(problem, string.Join("; ", EventValidator.Check(e)));
    }

    private static Event Carried() => new()
    {
        BootId = 11,
        Sequence = 2,
        Metric = Metric.LinkRssi,
        AtS = 9000,
        SinceS = 0,
        BootTime = 1_789_998_800,
        Baseline = -61,
        Now = -79,
        Magnitude = 91,
        Evidence = { -62, -78, -80 },
        Station = 255,
    };
}
