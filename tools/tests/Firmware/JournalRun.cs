using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Merging;
using GatewayAgent.Protocol;
using GatewayAgent.Storage;
using Google.Protobuf;

namespace GatewayAgent.Tests.Firmware;

/// <summary>
/// A journal, and beside it what was put in and taken out, so that what it holds can be checked: in order, nothing twice, nothing missing that
/// is not counted, and every merged report with exactly the samples of those it stands for.
/// </summary>
internal sealed class JournalRun(FakeFlash flash, int segments = Limits.JournalSegments, int segmentBytes = Limits.JournalSegmentBytes)
{
    private readonly Dictionary<uint, int> _boots = [];
    private readonly byte[] _buffer = new byte[Limits.ReportBytes];
    private uint _sequence;

    public FakeFlash Flash => flash;

    public Journal Journal { get; private set; } = new(flash, new ReportMerger(), segments, segmentBytes);

    public uint BootId { get; private set; } = 0x10001;

    public uint Sequence => _sequence;

    /// <summary>All that was appended and not freed.</summary>
    public SortedSet<(int Boot, uint Sequence)> Kept { get; } = [];

    /// <summary>What a call that the power cut interrupted may have added or freed.</summary>
    public HashSet<(int Boot, uint Sequence)> Uncertain { get; } = [];

    /// <summary>Bytes of the reports appended.</summary>
    public long Appended { get; private set; }

    /// <summary>Bytes that stand beside the samples in each report.</summary>
    public int Padding { get; init; }

    /// <summary>The same on a flash of its own, for an experiment.</summary>
    public JournalRun Copy()
    {
        var copy = new JournalRun(new FakeFlash(), segments, segmentBytes) { Padding = Padding };
        copy.Flash.CopyFrom(flash);
        copy.Kept.UnionWith(Kept);
        foreach ((uint id, int index) in _boots)
        {
            copy._boots[id] = index;
        }

        return copy;
    }

    /// <summary>The node starts, for the first time or again.</summary>
    public bool Boot(bool isNew = true)
    {
        if (isNew)
        {
            BootId = (uint)((_boots.Count + 1) << 16) | 0x1234;
            _boots[BootId] = _boots.Count;
            _sequence = 0;
        }

        Journal = new Journal(flash, new ReportMerger(), segments, segmentBytes);
        return Journal.Recover();
    }

    public bool Append()
    {
        _sequence++;
        byte[] report = Encode(BootId, _sequence, Padding).ToByteArray();
        (int, uint) key = (_boots[BootId], _sequence);
        Uncertain.Add(key);
        if (!Journal.Append(report, report.Length))
        {
            // Nobody knows whether it is there: within this boot it is tried again.
            _sequence--;
            return false;
        }

        Appended += report.Length;
        Uncertain.Remove(key);
        Kept.Add(key);
        return true;
    }

    /// <summary>The collector has all of a boot up to a sequence.</summary>
    public bool Free(uint bootId, uint sequence)
    {
        (int Boot, uint Sequence)[] freed = [.. Kept.Where(key => key.Boot == _boots[bootId] && key.Sequence <= sequence)];
        Uncertain.UnionWith(freed);
        int reports = Journal.FreeThrough(bootId, sequence);
        if (!Journal.IsUsable)
        {
            return false;
        }

        // None: the journal notes only so many boots that are freed before their turn.
        Kept.ExceptWith(reports > 0 ? freed : []);
        Uncertain.ExceptWith(freed);
        return true;
    }

    /// <summary>The collector has a boot's reports up to one of those that stand in the journal.</summary>
    public bool FreeOne(Random random, int most)
    {
        List<Report> read = Read();
        Report? last = read.Count == 0 ? null : read[random.Next(Math.Min(most, read.Count))];
        return last == null || Free(last.BootId, last.Sequence);
    }

    public List<Report> Read()
    {
        var reports = new List<Report>();
        Journal.Rewind();
        for (int length = Journal.ReadNext(_buffer); length > 0; length = Journal.ReadNext(_buffer))
        {
            reports.Add(Report.Parser.ParseFrom(_buffer, 0, length));
        }

        return reports;
    }

    /// <returns>Sequences that were kept and are not there any more. From now on what is there is what was kept.</returns>
    public int Check()
    {
        List<Report> reports = Read();
        Assert.Equal(reports.Count, Journal.Count);
        Assert.All(reports, CheckSamples);
        List<(int Boot, uint Sequence)> held = [.. reports.SelectMany(Covered)];
        Assert.Equal(held.Order().Distinct(), held);
        Assert.Empty(held.Except(Kept).Except(Uncertain));
        int missing = Kept.Except(held).Except(Uncertain).Count();
        Kept.Clear();
        Kept.UnionWith(held);
        Uncertain.Clear();
        return missing;
    }

    private IEnumerable<(int Boot, uint Sequence)> Covered(Report report)
    {
        for (uint sequence = report.Sequence - report.Merged; sequence <= report.Sequence; sequence++)
        {
            yield return (_boots[report.BootId], sequence);
        }
    }

    private static void CheckSamples(Report report)
    {
        long expected = 0;
        for (uint sequence = report.Sequence - report.Merged; sequence <= report.Sequence; sequence++)
        {
            expected += Samples(report.BootId, sequence);
        }

        Assert.Equal(expected, report.Link.RssiHistogram.Skip(1).Sum(count => count));
        Assert.Equal(300 * (report.Merged + 1), report.SpanS);
    }

    private static Report Encode(uint bootId, uint sequence, int padding)
    {
        var link = new Link { Disconnects = 0, RssiHistogram = { 20 - (sequence % 3), 0, Samples(bootId, sequence) } };
        var report = new Report { BootId = bootId, Sequence = sequence, StartS = 7 + (300 * (sequence - 1)), SpanS = 300, Link = link };
        for (int i = 0; i < Math.Min(padding, 15); i++)
        {
            link.RssiHistogram.Add(0);
        }

        if (padding > 15)
        {
            report.Clients = new Clients { Samples = 30, CountSum = 70, CountMin = 1, CountMax = 3 };
            report.Clients.RssiHistogram.AddRange(Enumerable.Repeat(3u, Math.Min(padding - 15, 36)));
            report.Latency = new Latency { GatewayHistogram = { 1, sequence % 7, 5, 1 }, BrokerHistogram = { 4, 3 } };
            report.Health = new Health { ManagedFreeKib = 50, NativeFreeKib = 100 + (sequence % 9), SentBytes = 300 };
        }

        return report;
    }

    private static uint Samples(uint bootId, uint sequence) => 1 + (((bootId >> 16) + (sequence * 7)) % 50);
}
