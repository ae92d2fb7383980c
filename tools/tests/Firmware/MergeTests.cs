using FsCheck;
using FsCheck.Fluent;
using GatewayAgent.Merging;
using GatewayAgent.Protocol;
using Xunit.Abstractions;

namespace GatewayAgent.Tests.Firmware;

/// <summary>Merging, held against totals that are computed from the parsed messages alone.</summary>
public class MergeTests(ITestOutputHelper output)
{
    private readonly ReportMerger _merger = new();

    [Fact]
    public void A_merged_report_says_what_its_reports_said_together()
    {
        int merged = 0, inParts = 0;
        CheckAll(150, seed =>
        {
            var random = new Random(seed);
            var chain = new MergeChain(random, Largest(random)) { Heard = random.NextDouble() * 0.8, Quiet = random.NextDouble() * 0.2 };
            List<byte[]> reports = [.. chain.Next(random.Next(1, 30)).SelectMany(window => window)];
            if (Merge(reports) is { } parts)
            {
                merged++;
                inParts += parts.Count > 1 ? 1 : 0;
                AssertSameTotals(reports, parts);
                AssertRanges(reports, parts);
            }
        });
        output.WriteLine($"{merged} chains merged, {inParts} of them into several reports");
        Assert.True(merged > 100 && inParts > 50, $"only {merged} chains merged, {inParts} into several reports");
    }

    [Fact]
    public void Totals_do_not_depend_on_the_order_of_merging()
    {
        int compared = 0;
        CheckAll(150, seed =>
        {
            var random = new Random(seed);
            List<byte[]>[] windows = new MergeChain(random, 300) { Heard = random.NextDouble() * 0.7 }.Next(random.Next(3, 16));
            int one = random.Next(1, windows.Length - 1), two = random.Next(one + 1, windows.Length);
            List<byte[]> a = Flat(windows[..one]), b = Flat(windows[one..two]), c = Flat(windows[two..]);

            List<byte[]> left = MergeOrKeep([.. MergeOrKeep([.. a, .. b]), .. c]);
            List<byte[]> right = MergeOrKeep([.. a, .. MergeOrKeep([.. b, .. c])]);
            List<byte[]> atOnce = MergeOrKeep([.. a, .. b, .. c]);

            MergeTotals.AssertEqual(MergeTotals.Of(atOnce), MergeTotals.Of(left));
            MergeTotals.AssertEqual(MergeTotals.Of(atOnce), MergeTotals.Of(right));
            MergeTotals.AssertEqual(MergeTotals.Of(Flat(windows)), MergeTotals.Of(atOnce));
            compared += left.Count < windows.Length && right.Count < windows.Length ? 1 : 0;
        });
        Assert.True(compared > 100, $"only {compared} of the chains became shorter");
    }

    [Fact]
    public void A_month_of_windows_becomes_a_few_reports_with_the_same_totals()
    {
        var chain = new MergeChain(new Random(30), 60) { IsComplete = true, Heard = 0.1, Quiet = 0.2 };
        List<List<byte[]>> windows = [.. chain.Next(8640)];
        SortedDictionary<string, long> totals = MergeTotals.Of(Flat(windows));
        while (windows.Count > 4)
        {
            windows = [.. windows.Chunk(2).Select(pair => pair.Length == 2 ? Merge(Flat(pair))! : pair[0])];
            Assert.DoesNotContain(null, windows);
        }

        List<byte[]> left = Flat(windows);
        output.WriteLine($"8,640 windows in {left.Count} reports, {left.Sum(report => report.Length)} B");
        MergeTotals.AssertEqual(totals, MergeTotals.Of(left));
        Assert.InRange(left.Count, windows.Count, 12);
        Assert.All(left, report => Assert.Empty(KeyProblems(report)));
    }

    [Fact]
    public void A_month_added_to_one_sum_is_the_same_as_a_month_merged_in_pairs()
    {
        List<byte[]> reports = Flat(new MergeChain(new Random(31), 40) { IsComplete = true, Heard = 0.1, Quiet = 0.1 }.Next(8640));
        List<byte[]>? merged = Merge(reports);
        Assert.NotNull(merged);
        AssertSameTotals(reports, merged);
        Assert.Equal(8640u * 300, Report.Parser.ParseFrom(merged[0]).SpanS);
    }

    [Fact]
    public void A_sum_is_no_longer_than_thirty_days()
    {
        var chain = new MergeChain(new Random(32), 5) { SpanS = 15 * 24 * 3600 };
        _merger.Begin();
        foreach (byte[] report in Flat(chain.Next(2)))
        {
            Assert.True(Add(report));
        }

        Assert.False(Add(chain.Next()[0]));
        Assert.True(_merger.Write());
    }

    // Of a chain that a merger refuses to write, the originals stay.
    private List<byte[]> MergeOrKeep(List<byte[]> reports) => Merge(reports) ?? reports;

    private List<byte[]>? Merge(IReadOnlyList<byte[]> reports)
    {
        _merger.Begin();
        foreach (byte[] report in reports)
        {
            Assert.True(Add(report), $"{Report.Parser.ParseFrom(report)} was refused");
        }

        Assert.Equal(reports.Count, _merger.Added);
        return Written();
    }

    private bool Add(byte[] report)
    {
        // Somewhere in a larger buffer, as they stand in a journal.
        byte[] buffer = [0xFF, 0xFF, 0xFF, .. report, 0xFF, 0xFF];
        return _merger.TryAdd(buffer, 3, report.Length);
    }

    private List<byte[]>? Written()
    {
        if (!_merger.Write())
        {
            return null;
        }

        var parts = new List<byte[]> { _merger.Buffer[.._merger.Length] };
        while (_merger.HasMore)
        {
            Assert.True(_merger.WriteNext());
            parts.Add(_merger.Buffer[.._merger.Length]);
        }

        return parts;
    }

    private static void AssertSameTotals(IReadOnlyList<byte[]> reports, IReadOnlyList<byte[]> merged) =>
        MergeTotals.AssertEqual(MergeTotals.Of(reports), MergeTotals.Of(merged));

    private static void AssertRanges(IReadOnlyList<byte[]> reports, IReadOnlyList<byte[]> merged)
    {
        List<Report> parts = [.. merged.Select(payload => Report.Parser.ParseFrom(payload))];
        Assert.InRange(parts.Count, 1, reports.Count);
        Assert.Equal(Enumerable.Range(0, parts.Count).Select(part => (uint)part), parts.Select(part => part.Part));
        Assert.All(parts.Skip(1), part => Assert.Equal(0u, part.Merged));
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.Equal(pair.First.Sequence + 1, pair.Second.Sequence));
        Assert.All(merged, payload => Assert.InRange(payload.Length, 1, Limits.ReportBytes - Limits.StatedAnewBytes));
        Assert.All(merged, payload => Assert.Empty(KeyProblems(payload)));
    }

    private static IEnumerable<Problem> KeyProblems(byte[] payload)
    {
        ReportReading reading = ReportValidator.Check(Report.Parser.ParseFrom(payload));
        return reading.KeyIsSound ? reading.Problems.Where(problem => problem.Field.StartsWith("survey", StringComparison.Ordinal) && !problem.Field.Contains("load_", StringComparison.Ordinal)) : reading.Problems;
    }

    private static int Largest(Random random) => new[] { 8, 300, 70_000, 50_000_000 }[random.Next(4)];

    private static List<byte[]> Flat(IEnumerable<List<byte[]>> windows) => [.. windows.SelectMany(window => window)];

    private static void CheckAll(int runs, Action<int> body)
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(new Replay(new Rnd(20261, 19), null));
        Check.One(config, Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), body));
    }
}
