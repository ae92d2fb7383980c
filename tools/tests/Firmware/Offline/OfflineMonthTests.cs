using GatewayAgent.Protocol;
using Xunit.Abstractions;

namespace GatewayAgent.Tests.Firmware.Offline;

/// <summary>A month without a broker, with a reboot every day, half of them power cuts within a write to flash.</summary>
public class OfflineMonthTests(ITestOutputHelper output)
{
    private const int WindowSeconds = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_month_offline_costs_what_the_node_says_and_nothing_else(int seed)
    {
        var life = new OfflineLife(seed, WindowSeconds);
        for (int day = 0; day < 30; day++)
        {
            if (day % 2 == 0)
            {
                life.DayWithPlannedEnd();
            }
            else
            {
                life.DayWithPowerCut();
            }
        }

        int kept = life.Kept;
        life.Reconnect();

        Assert.Equal(0, life.Node.Stored + life.Node.Outbox.Count);
        Assert.Equal(0, life.Collector.Overlaps);
        int mostBytes = life.Flash.MostBytes;
        Assert.InRange(mostBytes, 1, ((Limits.JournalSegments + 1) * Limits.JournalSegmentBytes) + 4096);
        Assert.InRange(life.MostInRam, 1, Limits.OutboxReports);
        Check(life);
        output.WriteLine($"seed {seed}: flash at most {mostBytes:N0} B in {life.Flash.MostFiles} files, {life.Flash.BytesWritten:N0} B written in {life.Flash.Writes:N0} writes, "
            + $"RAM at most {life.MostInRam} reports; kept on flash before the reconnect {kept} reports");
    }

    private void Check(OfflineLife life)
    {
        var produced = new Totals();
        var lost = new Totals();
        var stored = new Totals();
        int lostWindows = 0, openWindows = 0, cuts = life.Boots.Count(boot => boot.WasCut);
        foreach (BootTruth boot in life.Boots)
        {
            HashSet<uint> have = SequencesOf(life.Collector, boot.BootId);
            int lostHere = 0;
            for (int i = 0; i < boot.Windows.Count - 1; i++)
            {
                produced.Add(boot.Windows[i]);
                if (!have.Contains((uint)i + 1))
                {
                    lostHere++;
                    lost.Add(boot.Windows[i]);
                }
            }

            // A cut costs the window that was being written, or the open one behind it; a planned end costs nothing.
            Assert.InRange(lostHere, 0, boot.WasCut ? 1 : 0);
            openWindows += boot.WasCut && lostHere == 0 ? 1 : 0;
            Assert.True(boot.WasCut || boot.Windows[^1].Ticks == 0, "a planned end lost its open window");
            lostWindows += lostHere;
        }

        foreach (Report report in life.Collector.Reports)
        {
            stored.Add(report);
        }

        Losses last = life.Collector.Stored[life.Boots[^1].BootId].Values.Last(report => report.Losses != null).Losses;
        uint statedReports = StatedReports(life);
        Print(produced, stored, lost, last, statedReports, lostWindows, openWindows);

        Assert.Equal(produced, stored + lost);
        Assert.Equal((uint)cuts, last.Restarts);
        Assert.Equal(cuts, lostWindows + openWindows);
        Assert.InRange(lostWindows * (long)WindowSeconds, 0, last.RestartSeconds + (statedReports * WindowSeconds));
    }

    // Running totals of each boot: the newest word of each counts.
    private static uint StatedReports(OfflineLife life) => (uint)life.Collector.Stored.Values
        .Sum(boot => boot.Values.LastOrDefault(report => report.Losses != null)?.Losses.Reports ?? 0);

    private static HashSet<uint> SequencesOf(RangeCollector collector, uint bootId)
    {
        HashSet<uint> have = [];
        foreach (Report report in collector.Reports.Where(report => report.BootId == bootId))
        {
            for (uint sequence = report.Sequence - report.Merged; sequence <= report.Sequence; sequence++)
            {
                Assert.True(have.Add(sequence), $"{bootId}: {sequence} counts twice");
            }
        }

        return have;
    }

    private void Print(Totals produced, Totals stored, Totals lost, Losses last, uint statedReports, int lostWindows, int openWindows)
    {
        output.WriteLine("| | produced | stored | lost |");
        output.WriteLine("|---|---|---|---|");
        output.WriteLine($"| ticks | {produced.Ticks:N0} | {stored.Ticks:N0} | {lost.Ticks:N0} |");
        output.WriteLine($"| frames | {produced.Frames:N0} | {stored.Frames:N0} | {lost.Frames:N0} |");
        output.WriteLine($"| disconnects | {produced.Disconnects:N0} | {stored.Disconnects:N0} | {lost.Disconnects:N0} |");
        output.WriteLine($"| histogram mass | {produced.Mass:N0} | {stored.Mass:N0} | {lost.Mass:N0} |");
        output.WriteLine($"stated: {last.Restarts} ends without warning, {last.RestartSeconds:N0} s at most with them, {statedReports} damaged reports; "
            + $"found: {lostWindows} closed windows lost, {openWindows} open ones");
    }

    private sealed record Totals
    {
        private readonly long[] _rssi = new long[Limits.RssiBins];

        public long Ticks { get; private set; }

        public long Frames { get; private set; }

        public long Disconnects { get; private set; }

        public long Mass => _rssi.Sum();

        public static Totals operator +(Totals a, Totals b)
        {
            var sum = new Totals { Ticks = a.Ticks + b.Ticks, Frames = a.Frames + b.Frames, Disconnects = a.Disconnects + b.Disconnects };
            for (int bin = 0; bin < Limits.RssiBins; bin++)
            {
                sum._rssi[bin] = a._rssi[bin] + b._rssi[bin];
            }

            return sum;
        }

        public void Add(WindowTruth window)
        {
            Ticks += window.Ticks;
            Frames += window.Frames;
            Disconnects += window.Disconnects;
            for (int bin = 0; bin < Limits.RssiBins; bin++)
            {
                _rssi[bin] += window.Rssi[bin];
            }
        }

        public void Add(Report report)
        {
            for (int i = 1; i < report.Link?.RssiHistogram.Count; i++)
            {
                _rssi[report.Link.RssiHistogram[0] + i - 1] += report.Link.RssiHistogram[i];
                Ticks += report.Link.RssiHistogram[i];
            }

            Disconnects += report.Link?.Disconnects ?? 0;
            Assert.True(HeardRows.TryRead(report.Survey.Heard, out IReadOnlyList<HeardRow> rows, out _));
            Frames += rows.Sum(row => (long)row.Beacons + row.OtherFrames);
        }

        public bool Equals(Totals? other) =>
            other != null && Ticks == other.Ticks && Frames == other.Frames && Disconnects == other.Disconnects && _rssi.SequenceEqual(other._rssi);

        public override int GetHashCode() => Ticks.GetHashCode();
    }
}
