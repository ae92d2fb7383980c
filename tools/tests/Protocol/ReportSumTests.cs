using GatewayAgent.Merging;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Firmware;
using Google.Protobuf;
using ReportSum = GatewayAgent.Protocol.Merging.ReportSum;

namespace GatewayAgent.Tests.Protocol;

/// <summary>The host's sum of reports, held against the firmware's merger and against totals computed from the messages alone.</summary>
public class ReportSumTests
{
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 150)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_sum_says_what_the_firmware_s_merger_says(int seed)
    {
        var random = new Random(seed);
        var chain = new MergeChain(random, new[] { 8, 300, 70_000 }[random.Next(3)]) { Heard = random.NextDouble() * 0.4, Quiet = random.NextDouble() * 0.2 };
        List<byte[]> reports = [.. chain.Next(random.Next(1, 12)).SelectMany(window => window)];
        Report sum = Sum(reports);

        MergeTotals.AssertEqual(MergeTotals.Of(reports), MergeTotals.Of([sum]));
        if (Merge(reports) is { } merged)
        {
            MergeTotals.AssertEqual(MergeTotals.Of(merged), MergeTotals.Of([sum]));
            Assert.Equal(Sum(merged), sum);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_adding_up_does_not_matter(int seed)
    {
        var random = new Random(seed);
        List<byte[]> reports = [.. new MergeChain(random, 300).Next(random.Next(2, 12)).SelectMany(window => window)];
        int firsts = random.Next(1, reports.Count);
        while (firsts < reports.Count && Report.Parser.ParseFrom(reports[firsts]).Part > 0)
        {
            firsts++;
        }

        List<byte[]> halves = [Sum(reports[..firsts]).ToByteArray()];
        if (firsts < reports.Count)
        {
            halves.Add(Sum(reports[firsts..]).ToByteArray());
        }

        Assert.Equal(Sum(reports), Sum(halves));
    }

    [Fact]
    public void Rows_stand_in_the_sum_as_they_are_returned()
    {
        var sum = new ReportSum();
        foreach (byte[] report in new MergeChain(new Random(5), 300) { IsComplete = true, Heard = 0.6 }.Next(4).SelectMany(window => window))
        {
            sum.Add(Report.Parser.ParseFrom(report));
        }

        Report added = sum.ToReport(out IReadOnlyList<HeardRow> rows);
        Assert.Equal(HeardRows.Read(added.Survey.Heard), rows);
        Assert.DoesNotContain(ReportValidator.Check(added).Problems, problem => problem.Field.Contains("survey.quiet", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_several_boots_the_time_adds_up_and_the_newest_gives_its_name()
    {
        Report before = new()
        {
            BootId = 1,
            Sequence = 40,
            StartS = 11_700,
            SpanS = 300,
            BootTime = 1_000,
            Link = new Link { RssiHistogram = { 20, 300 }, Channel = 6, Disconnects = 1 },
            Losses = new Losses { SamplesMissed = 9, Restarts = 2, RestartSeconds = 50 },
        };
        Report after = new()
        {
            BootId = 2,
            Sequence = 1,
            StartS = 0,
            SpanS = 200,
            BootTime = 13_000,
            Link = new Link { RssiHistogram = { 18, 100, 0, 100 }, Channel = 11, Disconnects = 2 },
            Health = new Health { ResetCause = ResetCause.Panic },
        };

        Report sum = ReportSum.Of([before, after])!;

        Assert.Equal((2u, 1u, 0u, 13_000u), (sum.BootId, sum.Sequence, sum.Merged, sum.BootTime));
        Assert.Equal(500u, sum.SpanS);
        Assert.Equal([18u, 100, 0, 400], sum.Link.RssiHistogram);
        Assert.Equal((11u, 3u), (sum.Link.Channel, sum.Link.Disconnects));
        Assert.Equal(new Losses { Restarts = 2, RestartSeconds = 50 }, sum.Losses);
        Assert.Equal(ResetCause.Panic, sum.Health.ResetCause);
    }

    [Fact]
    public void The_age_of_what_an_earlier_boot_measured_goes_on()
    {
        Report before = new() { BootId = 1, Sequence = 1, StartS = 900, SpanS = 300, Link = new Link { RssiHistogram = { 20, 3 }, AgeS = 20 } };
        Report after = new() { BootId = 2, Sequence = 1, StartS = 5, SpanS = 600, Link = new Link { SamplesWithoutRssi = 600 } };

        Assert.Equal(620u, ReportSum.Of([before, after])!.Link.AgeS);
    }

    [Fact]
    public void Values_of_two_kinds_are_not_added()
    {
        Report stock = new() { BootId = 1, Sequence = 1, SpanS = 300, Link = new Link { Source = Source.StockScan, RssiHistogram = { 5, 7 } } };
        Report native = new() { BootId = 2, Sequence = 1, SpanS = 300, Link = new Link { RssiHistogram = { 20, 300 } } };

        Link sum = ReportSum.Of([stock, native])!.Link;

        Assert.Equal(Source.Native, sum.Source);
        Assert.Equal([20u, 300], sum.RssiHistogram);
    }

    [Fact]
    public void Sums_that_do_not_fit_stay_at_the_largest_number()
    {
        Report large = new() { BootId = 1, Sequence = 1, SpanS = 60, Link = new Link { RssiHistogram = { 3, uint.MaxValue }, SamplesWithoutRssi = uint.MaxValue } };

        Link sum = ReportSum.Of([large, large])!.Link;

        Assert.Equal([3u, uint.MaxValue], sum.RssiHistogram);
        Assert.Equal(uint.MaxValue, sum.SamplesWithoutRssi);
    }

    [Fact]
    public void Nothing_has_no_sum() => Assert.Null(ReportSum.Of([]));

    private static Report Sum(IReadOnlyList<byte[]> reports) => ReportSum.Of(reports.Select(report => Report.Parser.ParseFrom(report)))!;

    private static List<byte[]>? Merge(List<byte[]> reports)
    {
        var merger = new ReportMerger();
        merger.Begin();
        Assert.All(reports, report => Assert.True(merger.TryAdd(report, 0, report.Length)));
        if (!merger.Write())
        {
            return null;
        }

        var parts = new List<byte[]> { merger.Buffer[..merger.Length] };
        while (merger.HasMore)
        {
            Assert.True(merger.WriteNext());
            parts.Add(merger.Buffer[..merger.Length]);
        }

        return parts;
    }
}
