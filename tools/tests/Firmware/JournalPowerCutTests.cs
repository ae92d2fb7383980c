using GatewayAgent.DeviceTests.Fakes;
using Xunit.Abstractions;

namespace GatewayAgent.Tests.Firmware;

/// <summary>The power is cut within a write of the journal: what a call had reported as done is still done, and nothing stands twice.</summary>
public class JournalPowerCutTests(ITestOutputHelper output)
{
    private const int Segments = 4;

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 8)];

    [Fact]
    public void A_cut_at_any_step_of_appends_compactions_and_frees_loses_and_doubles_nothing()
    {
        long steps = StepsOfWork(), merged = 0;
        for (long cut = 0; cut <= steps; cut++)
        {
            JournalRun run = NewRun();
            run.Flash.StepsLeft = cut;
            Work(run);
            run.Flash.PowerUp();
            Assert.True(run.Boot());
            Assert.Equal(0, run.Check());
            Assert.Equal(0u, run.Journal.LostReports);
            Assert.InRange(run.Flash.MostFiles, 0, Segments + 2);
            merged += run.Read().Count(report => report.Merged > 0);
        }

        output.WriteLine($"{steps + 1} cuts, {merged} merged reports seen after them");
        Assert.True(steps > 3000 && merged > 10_000, $"{steps} steps, {merged} merged reports");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Cuts_at_random_also_while_it_recovers_lose_and_double_nothing(int seed)
    {
        var random = new Random(seed);
        bool isSmall = seed % 2 == 0;
        JournalRun run = isSmall
            ? new JournalRun(new FakeFlash(), 6, 700) { Padding = random.Next(3) }
            : new JournalRun(new FakeFlash()) { Padding = random.Next(52) };
        run.Boot();
        for (int cuts = 0; cuts < 30; cuts++)
        {
            run.Flash.StepsLeft = random.Next(isSmall ? 3000 : 60_000);
            while (Step(run, random))
            {
            }

            Assert.Equal(0u, run.Journal.LostReports);
            PowerUp(run, random);
            Assert.Equal(0, run.Check());
            Assert.Equal(0u, run.Journal.LostReports);
            if (random.Next(4) == 0)
            {
                Assert.True(run.FreeOne(random, 100));
            }
        }

        Assert.InRange(run.Flash.MostFiles, 5, (isSmall ? 6 : Limits.JournalSegments) + 2);
    }

    // False when the power has gone.
    private static bool Step(JournalRun run, Random random) => random.Next(60) == 0 ? run.FreeOne(random, 30) : run.Append();

    // It may go again while the journal recovers.
    private static void PowerUp(JournalRun run, Random random)
    {
        while (random.Next(2) == 0)
        {
            run.Flash.PowerUp();
            run.Flash.StepsLeft = random.Next(1500);
            run.Boot(isNew: false);
        }

        run.Flash.PowerUp();
        Assert.True(run.Boot(isNew: random.Next(5) == 0));
    }

    private static JournalRun NewRun()
    {
        var run = new JournalRun(new FakeFlash(), Segments, 600);
        Assert.True(run.Boot());
        return run;
    }

    private static long StepsOfWork()
    {
        JournalRun run = NewRun();
        long before = run.Flash.Steps;
        Assert.True(Work(run));
        Assert.Equal(0, run.Check());
        return run.Flash.Steps - before;
    }

    // False when the power went.
    private static bool Work(JournalRun run)
    {
        var random = new Random(5);
        for (int i = 0; i < 150; i++)
        {
            if (!(i % 25 == 24 ? run.FreeOne(random, 20) : run.Append()) || (i == 60 && !run.Boot()))
            {
                return false;
            }
        }

        return true;
    }
}
