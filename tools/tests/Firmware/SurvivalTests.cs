using GatewayAgent.Protocol;
using Xunit.Abstractions;

namespace GatewayAgent.Tests.Firmware;

/// <summary>Threads killed and hung at random: sampling goes on within a bound, and every second is in a report or counted.</summary>
public class SurvivalTests(ITestOutputHelper output)
{
    private const int Attacks = 1_000;

    // Longer than the longest bound, so that no two attacks add up.
    private const int PauseMs = 36_000;

    // A dead thread is seen at the next look. One that hangs, when it has for its bound; it is looked at again after a tenth of a second. Then
    // a tick. One that nothing can end is waited for.
    private const int KilledBoundMs = Limits.SupervisorPeriodMs + Limits.SamplePeriodMs;
    private const int HungBoundMs = KilledNode.SampleStallMs + Limits.SupervisorPeriodMs + 100 + Limits.SamplePeriodMs;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_killed_and_hung_a_thousand_times_lose_nothing_uncounted(int seed)
    {
        var node = new KilledNode(seed);
        AttackRandomly(node, seed, hangs: true);
        AssertNothingIsMissing(node);
        Assert.InRange(node.LongestGapMs, KilledNode.SampleStallMs, HungBoundMs);
        Assert.InRange(node.LongestUnendableGapMs, HungBoundMs, KilledNode.UnendableMs + Limits.SamplePeriodMs);
    }

    [Fact]
    public void A_killed_sampler_goes_on_at_the_supervisors_next_look()
    {
        var node = new KilledNode(4);
        AttackRandomly(node, 4, hangs: false);
        AssertNothingIsMissing(node);
        Assert.InRange(node.LongestGapMs, Limits.SamplePeriodMs + 1, KilledBoundMs);
    }

    private static void AttackRandomly(KilledNode node, int seed, bool hangs)
    {
        var random = new Random(seed);
        node.Run(1_000);
        while (node.Kills + node.Hangs < Attacks)
        {
            node.Attack(node.Workers[random.Next(node.Workers.Length)], hangs && random.Next(3) == 0);
            node.Run(PauseMs + random.Next(10_000));
            while (!node.IsQuiet)
            {
                Assert.False(node.WantsReboot, $"after {node.Kills} kills and {node.Hangs} hangs");
                node.Run(1_000);
            }
        }

        node.Run(Limits.RestartAfterMs);
    }

    private void AssertNothingIsMissing(KilledNode node)
    {
        Assert.False(node.WantsReboot);
        node.Supervision.RequestReboot("end of test");
        node.Run(Limits.PlannedStopMs + Limits.SupervisorPeriodMs);
        Assert.True(node.WantsReboot);
        Assert.True(node.Node.IsReady);

        Report[] reports = [.. node.Broker.Stored.Values.Where(report => report.Part == 0).OrderBy(report => report.Sequence)];
        Assert.Equal(Enumerable.Range(1, (int)node.Node.Sequence).Select(sequence => (uint)sequence), node.Broker.Stored.Keys.Order());
        Assert.Equal(0u, reports[0].StartS);
        Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.Equal(pair.First.StartS + pair.First.SpanS, pair.Second.StartS));

        Report last = reports[^1];
        long samples = reports.Sum(report => report.Link == null ? 0 : report.Link.RssiHistogram.Skip(1).Sum(count => count) + report.Link.SamplesWithoutRssi);
        long seconds = last.StartS + last.SpanS;
        long restarts = node.Supervision.TakeThreadRestarts();
        output.WriteLine(
            $"{node.Kills} killed, {node.Hangs} hung ({node.InsideSteps} inside a step), {restarts} started again in {seconds} s; "
            + $"{reports.Length} reports: {samples} samples + {last.Losses.SamplesMissed} missed; longest gap {node.LongestGapMs} ms, with a thread that nothing could end {node.LongestUnendableGapMs} ms; "
            + $"{node.Broker.Connects} connections, {node.Broker.Duplicates} duplicates, outbox at most {node.MostInOutbox}, watchdog fed {node.Feeds} times");
        Assert.Equal(seconds, samples + last.Losses.SamplesMissed);
        Assert.Equal(0u, last.Losses.Reports);
        Assert.Equal(node.Started - node.Workers.Length, restarts);
        Assert.InRange(node.MostInOutbox, 1, Limits.OutboxReports);
    }
}
