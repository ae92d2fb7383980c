using GatewayAgent.Bench.Detection;
using GatewayAgent.Detection;

namespace GatewayAgent.Tests.Firmware;

/// <summary>A few homes of the benchmark's table: same seeds, same events.</summary>
public class HomeDetectionTests
{
    private const int FirstSeed = 501, Homes = 3;

    public static TheoryData<string, int> Troubles { get; } = new()
    {
        { "fade of 6 dB in 5 days", 9 * 24 },
        { "furniture moved: step of 10 dB", 48 },
        { "new neighbour: 35 % of the channel", 8 * 24 },
        { "failing backhaul: drops, latency", 5 * 24 },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public void What_gets_worse_is_told_and_so_is_its_end(string name, int latestHours)
    {
        Scenario scenario = Scenario.All.Single(scenario => scenario.Name == name);
        Outcome[] told = [.. Enumerable.Range(FirstSeed, Homes)
            .Select(seed => HomeTrial.With(scenario, seed, new DetectionSettings()))
            .Where(outcome => outcome.DelayHours != null)];

        // One home in ten does not tell a neighbour from a busy evening of its own.
        Assert.InRange(told.Length, Homes - 1, Homes);
        Assert.All(told, outcome => Assert.InRange(outcome.DelayHours!.Value, 1, latestHours));
        Assert.All(told, outcome => Assert.True(outcome.IsRecoveryTold, "an end was not told"));
    }

    [Fact]
    public void Homes_in_which_nothing_gets_worse_are_silent_but_for_one_alarm_a_year()
    {
        int alarms = 0;
        for (int seed = FirstSeed; seed < FirstSeed + Homes; seed++)
        {
            alarms += HomeTrial.Healthy(seed, days: 120, new DetectionSettings()).SelectMany(told => told).Count(told => !told.Event.Recovered);
        }

        Assert.InRange(alarms, 0, 1);
    }
}
