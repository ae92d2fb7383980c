using FsCheck;
using FsCheck.Fluent;
using GatewayAgent.Merging;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Tests.Firmware;

/// <summary>
/// Bytes that no node wrote: flash wears out, and a boot may find what another version left. Nothing throws or hangs; what is refused leaves the
/// sum as it was, and what is taken is taken as every other reader of the bytes understands them.
/// </summary>
public class MergeHostileTests
{
    private readonly ReportMerger _merger = new();
    private readonly ReportIdentity _identity = new();

    [Fact]
    public void Random_bytes_are_refused_and_change_nothing() =>
        CheckAll(5_000, ArbMap.Default.ArbFor<byte[]>(), bytes => AssertWholeOrNothing(Base(1), bytes));

    [Fact]
    public void A_report_with_changed_bytes_is_taken_whole_or_not_at_all() => CheckAll(2_500, Seeds, seed =>
    {
        var random = new Random(seed);
        List<byte[]>[] windows = Windows(random);
        byte[] report = windows[1][0];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            report[random.Next(report.Length)] = (byte)random.Next(256);
        }

        AssertWholeOrNothing(windows[0], report);
    });

    [Fact]
    public void A_report_with_bytes_cut_out_or_put_in_is_taken_whole_or_not_at_all() => CheckAll(2_500, Seeds, seed =>
    {
        var random = new Random(seed);
        List<byte[]>[] windows = Windows(random);
        byte[] report = windows[1][0];
        int at = random.Next(report.Length), end = Math.Min(report.Length, at + random.Next(9));
        byte[] more = new byte[random.Next(12)];
        random.NextBytes(more);
        AssertWholeOrNothing(windows[0], [.. report[..at], .. more, .. report[end..]]);
    });

    [Fact]
    public void Every_cut_of_a_report_is_taken_whole_or_not_at_all()
    {
        List<byte[]>[] windows = Windows(new Random(5));
        for (int length = 0; length < windows[1][0].Length; length++)
        {
            AssertWholeOrNothing(windows[0], windows[1][0][..length]);
        }
    }

    [Theory]
    [InlineData("unknown field", "80 01 05")]
    [InlineData("unknown group", "82 01 00")]
    [InlineData("field 0", "00 00")]
    [InlineData("group start", "0B 0C")]
    [InlineData("wire type 6", "4E")]
    [InlineData("link as a number", "48 01")]
    [InlineData("sequence as fixed32", "15 02 00 00 00")]
    [InlineData("boot id as a number", "08 01")]
    [InlineData("a number of 64 bits", "20 FF FF FF FF FF FF FF FF FF 01")]
    [InlineData("a number of 33 bits", "20 80 80 80 80 10")]
    [InlineData("a number without end", "20 FF FF FF FF FF FF FF FF FF FF FF FF FF")]
    [InlineData("a content beyond the end", "4A 7F 08 00")]
    [InlineData("a content of 4 GiB", "4A FF FF FF FF 0F")]
    [InlineData("a content of 2^64", "4A FF FF FF FF FF FF FF FF FF 01")]
    [InlineData("histogram not packed", "4A 04 18 05 28 00")]
    [InlineData("number in a list's place", "4A 04 1A 00 22 00")]
    [InlineData("histogram cut inside a number", "4A 05 1A 02 05 80 28 00")]
    [InlineData("histogram beyond its bins", "4A 07 1A 03 27 01 01 28 00")]
    [InlineData("histogram from bin 2^32-1", "4A 0A 1A 06 FF FF FF FF 0F 01 28 00")]
    [InlineData("unknown field in a group", "4A 04 28 00 48 01")]
    [InlineData("a field twice in a group", "4A 04 28 01 28 01")]
    [InlineData("a group twice", "72 02 08 01 72 02 08 01")]
    [InlineData("unknown source", "4A 04 08 07 28 00")]
    [InlineData("native without disconnects", "4A 02 38 01")]
    [InlineData("age beyond the boot", "4A 08 10 FF FF FF FF 0F 28 00")]
    [InlineData("clients without a sample", "52 02 20 01")]
    [InlineData("heap beyond 31 bits", "62 06 08 FF FF FF FF 0F")]
    [InlineData("quiet without dwell", "6A 02 10 02")]
    [InlineData("quiet of no dwell", "6A 05 10 02 22 01 00")]
    [InlineData("more dwells than channels", "6A 06 10 02 22 02 05 05")]
    [InlineData("dwells before their channels", "6A 05 22 01 05 10 02")]
    [InlineData("a quiet bit of no channel", "6A 06 10 01 22 02 05 05")]
    [InlineData("a row cut short", "6A 09 2A 07 01 05 01 28 01 01 01")]
    [InlineData("a row cut short in its load", "6A 0B 2A 09 01 05 01 28 01 01 01 01 05")]
    [InlineData("a row of no channel", "6A 0A 2A 08 0F 05 01 28 01 01 01 00")]
    [InlineData("a row that heard nothing", "6A 0A 2A 08 01 05 01 28 00 00 01 00")]
    [InlineData("rows that descend", "6A 12 2A 10 06 05 01 28 01 01 01 00 01 05 01 28 01 01 01 00")]
    [InlineData("a row twice", "6A 12 2A 10 06 05 01 28 01 01 01 00 06 05 01 28 01 01 01 00")]
    [InlineData("a row of a quiet channel", "6A 0F 10 02 22 01 05 2A 08 01 05 01 28 01 01 01 00")]
    [InlineData("an rssi of -128", "6A 0B 2A 09 01 05 01 80 01 01 01 01 00")]
    [InlineData("a utilisation of 256", "6A 0F 2A 0D 01 05 01 28 01 01 01 01 05 80 02 80 02 01")]
    [InlineData("256 access points", "6A 0B 2A 09 01 05 80 02 28 01 01 01 00")]
    public void What_no_node_writes_is_refused(string what, string hex)
    {
        byte[] head = new Report { BootId = MergeChain.BootId, Sequence = 2, StartS = 300, SpanS = 300 }.ToByteArray();
        byte[] sound = new Report { BootId = MergeChain.BootId, Sequence = 1, SpanS = 300 }.ToByteArray();
        _merger.Begin();
        Assert.True(_merger.TryAdd(sound, 0, sound.Length));
        byte[] report = [.. head, .. Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))];
        Assert.False(_merger.TryAdd(report, 0, report.Length), what);
        Assert.True(_merger.TryAdd(head, 0, head.Length), "the report without it");
    }

    [Theory]
    [InlineData("boot 0", 0u, 2u, 0u, 300u, 300u)]
    [InlineData("sequence 0", 1u, 0u, 0u, 300u, 300u)]
    [InlineData("a range that begins before 1", 1u, 2u, 2u, 300u, 300u)]
    [InlineData("a window beyond 32 bits", 1u, 2u, 0u, 300u, uint.MaxValue)]
    public void An_identity_that_cannot_be_is_refused(string what, uint boot, uint sequence, uint merged, uint start, uint span)
    {
        byte[] report = new Report { BootId = boot, Sequence = sequence, Merged = merged, StartS = start, SpanS = span }.ToByteArray();
        Assert.False(_identity.Read(report, 0, report.Length), what);
        _merger.Begin();
        Assert.False(_merger.TryAdd(report, 0, report.Length), what);
    }

    [Fact]
    public void An_identity_passes_over_what_it_does_not_know()
    {
        byte[] report = [.. new Report { BootId = 9, Sequence = 5, Merged = 2, StartS = 1, SpanS = 2, Part = 3 }.ToByteArray(),
            0x80, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x89, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0x92, 0x01, 0x02, 0x08, 0x01];
        Assert.True(_identity.Read(report, 0, report.Length));
        Assert.Equal((9u, 5u, 3u, 1u, 2u, 3u), (_identity.BootId, _identity.Sequence, _identity.First, _identity.Start, _identity.Span, _identity.Part));
    }

    [Fact]
    public void Offsets_outside_of_the_array_are_refused()
    {
        byte[] report = Base(1)[0];
        foreach ((int offset, int length) in new[] { (-1, 5), (0, -1), (0, report.Length + 1), (report.Length + 1, 0), (int.MaxValue, 5), (5, int.MaxValue) })
        {
            Assert.False(_identity.Read(report, offset, length));
            Assert.False(_merger.TryAdd(report, offset, length));
        }
    }

    [Fact]
    public void A_sum_that_fits_no_more_is_refused_whole()
    {
        foreach (Report full in FullSums())
        {
            full.MergeFrom(new Report { BootId = MergeChain.BootId, Sequence = 1, SpanS = 300 });
            Report more = full.Clone();
            more.Sequence = 2;
            more.StartS = 300;
            byte[] first = full.ToByteArray(), second = more.ToByteArray();
            _merger.Begin();
            Assert.True(_merger.TryAdd(first, 0, first.Length), $"{full}");
            Assert.False(_merger.TryAdd(second, 0, second.Length), $"{full}");
            Assert.True(_merger.Write());
            Assert.Equal(first, _merger.Buffer[.._merger.Length]);
        }
    }

    private static IEnumerable<Report> FullSums()
    {
        const uint Full = uint.MaxValue;
        yield return new Report { Link = new Link { RssiHistogram = { 39, Full }, Disconnects = 0 } };
        yield return new Report { Link = new Link { Disconnects = Full } };
        yield return new Report { Link = new Link { Disconnects = 0, SamplesWithoutRssi = Full } };
        yield return new Report { Clients = new Clients { Samples = Full } };
        yield return new Report { Clients = new Clients { Samples = 1, CountSum = Full } };
        yield return new Report { Clients = new Clients { Samples = 1, RssiUnknown = Full } };
        yield return new Report { Latency = new Latency { GatewayHistogram = { 0, Full } } };
        yield return new Report { Latency = new Latency { GatewayFailures = Full } };
        yield return new Report { Latency = new Latency { BrokerHistogram = { 15, Full } } };
        yield return new Report { Latency = new Latency { BrokerFailures = Full } };
        yield return new Report { Health = new Health { OffChannelMs = Full } };
        yield return new Report { Health = new Health { SentBytes = Full } };
        yield return new Report { Health = new Health { ThreadRestarts = Full } };
        yield return new Report { Survey = new Survey { ApTableFull = Full } };
        yield return new Report { Survey = new Survey { FcsErrors = Full } };
        yield return new Report { Survey = new Survey { FramesMalformed = Full } };
        yield return new Report { Survey = new Survey { RssiInvalid = Full } };
        yield return new Report { Survey = new Survey { Quiet2G = 2, QuietDwellCs = { Full } } };
        yield return new Report { Survey = new Survey { Heard = { 1, Full, 0, 0, 1, 1, 1, 0 } } };
        yield return new Report { Survey = new Survey { Heard = { 1, 0, 0, 0, Full, Full, 1, 0 } } };
        yield return new Report { Survey = new Survey { Heard = { 177, 0, 0, 0, 1, 0, Full, 0 } } };
        yield return new Report { Survey = new Survey { Heard = { 36, 0, 0, 0, 1, 0, 0, Full, 7, 0, 0, 0 } } };
        yield return new Report { Survey = new Survey { Heard = { 36, 0, 0, 0, 1, 0, 0, 1, Full, 0, 255, 65535 } } };
    }

    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    private static List<byte[]> Base(int seed) => new MergeChain(new Random(seed), 300).Next();

    private static List<byte[]>[] Windows(Random random)
    {
        // Small counts: a byte that changes stays a small number, and sums stay within reports.
        List<byte[]>[] windows = new MergeChain(random, 100) { Heard = 0.1 }.Next(2);
        return windows[0].Count + windows[1].Count == 2 ? windows : Windows(random);
    }

    private void AssertWholeOrNothing(List<byte[]> sound, byte[] report)
    {
        _identity.Read(report, 0, report.Length);
        _merger.Begin();
        Assert.All(sound, part => Assert.True(_merger.TryAdd(part, 0, part.Length)));
        bool taken = _merger.TryAdd(report, 0, report.Length);

        Assert.Equal(taken ? sound.Count + 1 : sound.Count, _merger.Added);
        if (_merger.Write())
        {
            MergeTotals.AssertEqual(MergeTotals.Of(taken ? [.. sound, report] : sound), MergeTotals.Of(Written()));
        }
    }

    private List<byte[]> Written()
    {
        var parts = new List<byte[]> { _merger.Buffer[.._merger.Length] };
        while (_merger.HasMore)
        {
            Assert.True(_merger.WriteNext());
            parts.Add(_merger.Buffer[.._merger.Length]);
        }

        return parts;
    }

    private static void CheckAll<T>(int runs, Arbitrary<T> values, Action<T> body) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(new Replay(new Rnd(20262, 21), null)), Prop.ForAll(values, body));
}
