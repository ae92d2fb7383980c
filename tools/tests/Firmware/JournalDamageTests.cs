using FsCheck;
using FsCheck.Fluent;
using GatewayAgent.DeviceTests.Fakes;
using Xunit.Abstractions;

namespace GatewayAgent.Tests.Firmware;

/// <summary>Segments that are cut off or changed: what is read is a part of what was written, and what is missing is counted once.</summary>
public class JournalDamageTests(ITestOutputHelper output)
{
    [Fact]
    public void One_wrong_byte_anywhere_costs_at_most_the_reports_that_it_hit_and_they_are_counted()
    {
        int tried = 0, harmful = 0, exact = 0;
        CheckAll(60, seed =>
        {
            var random = new Random(seed);
            JournalRun written = Written(random);
            for (int i = 0; i < 15; i++)
            {
                JournalRun run = written.Copy();
                (string name, int length) = AnySegment(run.Flash, random);
                run.Flash.Flip(name, random.Next(length), (byte)(1 << random.Next(8)));
                (int missing, uint lost) = Recover(run);
                tried++;
                harmful += missing > 0 ? 1 : 0;
                exact += missing > 0 && missing == lost ? 1 : 0;
                Assert.True(missing == 0 || lost > 0, $"{missing} reports are missing and not counted");
            }
        });
        output.WriteLine($"{tried} flips: {harmful} cost a report, the count was exact for {exact}");
        Assert.True(harmful > tried / 2 && exact > harmful * 0.9, $"{tried} flips, {harmful} harmful, {exact} exact");
    }

    [Fact]
    public void Any_prefix_of_any_segment_leaves_a_part_of_the_reports_in_order()
    {
        int tried = 0, harmful = 0, counted = 0;
        CheckAll(60, seed =>
        {
            var random = new Random(seed);
            JournalRun written = Written(random);
            for (int i = 0; i < 15; i++)
            {
                JournalRun run = written.Copy();
                (string name, int length) = AnySegment(run.Flash, random);
                run.Flash.Truncate(name, random.Next(length));
                (int missing, uint lost) = Recover(run);
                tried++;
                harmful += missing > 0 ? 1 : 0;
                counted += missing > 0 && lost > 0 ? 1 : 0;
            }
        });
        output.WriteLine($"{tried} prefixes: {harmful} cost reports, {counted} of these were counted");
        Assert.True(counted > harmful / 2, $"{tried} prefixes, {harmful} harmful, {counted} counted");
    }

    [Fact]
    public void Bytes_that_are_no_segment_are_cleared_away()
    {
        CheckAll(100, seed =>
        {
            var random = new Random(seed);
            var run = new JournalRun(new FakeFlash(), 4, 600);
            for (int slot = 0; slot < 5; slot++)
            {
                byte[] noise = new byte[random.Next(700)];
                random.NextBytes(noise);
                run.Flash.Append($"j{slot:00}", noise, noise.Length);
            }

            Assert.True(run.Boot());
            Assert.Equal(0, run.Journal.Count);
            Assert.Equal(0, run.Journal.Bytes);
            for (int i = 0; i < 100; i++)
            {
                Assert.True(run.Append());
            }

            Assert.Equal(0, run.Check());
        });
    }

    private static (int Missing, uint Lost) Recover(JournalRun run)
    {
        Assert.True(run.Boot());
        uint lost = run.Journal.LostReports;
        int missing = run.Check();
        Assert.True(run.Boot());
        Assert.Equal(0u, run.Journal.LostReports);
        Assert.Equal(0, run.Check());
        for (int i = 0; i < 60; i++)
        {
            Assert.True(run.Append());
        }

        Assert.Equal(run.Journal.LostReports, (uint)run.Check());
        return (missing, lost);
    }

    // One to three boots, merged in part, freed in part.
    private static JournalRun Written(Random random)
    {
        var run = new JournalRun(new FakeFlash(), 6, 700) { Padding = random.Next(20) };
        for (int boots = random.Next(1, 4); boots > 0; boots--)
        {
            Assert.True(run.Boot());
            for (int i = random.Next(5, 120); i > 0; i--)
            {
                Assert.True(run.Append());
            }
        }

        if (random.Next(2) == 0)
        {
            Assert.True(run.FreeOne(random, 10));
        }

        Assert.Equal(0u, run.Journal.LostReports);
        return run;
    }

    private static (string Name, int Length) AnySegment(FakeFlash flash, Random random)
    {
        string[] names = [.. Enumerable.Range(0, 25).Select(slot => $"j{slot:00}").Where(name => flash.LengthOf(name) > 0)];
        string name = names[random.Next(names.Length)];
        return (name, flash.LengthOf(name));
    }

    private static void CheckAll(int runs, Action<int> body)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(new Replay(new Rnd(20261, 19), null));
        Check.One(config, Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), body));
    }
}
