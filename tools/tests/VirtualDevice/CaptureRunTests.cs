using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Captures;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Tests.VirtualDevice;

public class CaptureRunTests
{
    private const decimal Start = 1_500_000_000;

    [Fact]
    public void Second_0_is_the_whole_second_of_the_first_frame()
    {
        PcapBytes capture = new PcapBytes()
            .Packet(Start + 0.9m, Heard(FrameBytes.Beacon(1, 6)))
            .Packet(Start + 59.999999m, Heard(FrameBytes.Beacon(2, 6)))
            .Packet(Start + 60, Heard(FrameBytes.Beacon(3, 6)))
            .Packet(Start + 60.1m, Heard(FrameBytes.Beacon(4, 6)));

        IReadOnlyList<ReportReading> reports = CaptureRuns.Reports(capture);

        Assert.Equal([(0u, 60u, 2u), (60u, 1u, 2u)], reports.Select(r => (r.Message!.StartS, r.Message.SpanS, r.Rows[0].Beacons)));
        Assert.All(reports, r => Assert.Equal((uint)Start, r.Message!.BootTime));
    }

    [Fact]
    public void The_last_window_holds_a_last_frame_on_a_whole_second()
    {
        PcapBytes capture = new PcapBytes().Packet(Start, Heard(FrameBytes.Beacon(1, 6))).Packet(Start + 60, Heard(FrameBytes.Beacon(1, 6)));

        IReadOnlyList<ReportReading> reports = CaptureRuns.Reports(capture);

        Assert.Equal([(0u, 60u, 1u), (60u, 1u, 1u)], reports.Select(r => (r.Message!.StartS, r.Message.SpanS, r.Rows[0].Beacons)));
    }

    [Fact]
    public void What_a_capture_cannot_tell_is_absent()
    {
        Report report = CaptureRuns.OnlyReport(new PcapBytes().Packet(Start, Heard(FrameBytes.Beacon(1, 6)))).Message!;

        Assert.Null(report.Link);
        Assert.Null(report.Clients);
        Assert.False(report.Health?.HasManagedFreeKib ?? false);
        Assert.False(report.Health?.HasNativeFreeKib ?? false);
        Assert.Empty(report.Latency?.GatewayHistogram ?? []);
    }

    [Fact]
    public void A_hopping_capture_shares_its_time_among_its_channels()
    {
        PcapBytes capture = new PcapBytes()
            .Packet(Start + 0.5m, Heard(FrameBytes.Beacon(1, 1), 2412))
            .Packet(Start + 10, Heard(FrameBytes.Beacon(2, 6), 2437))
            .Packet(Start + 25, Heard(FrameBytes.Beacon(3, 36), 5180))
            .Packet(Start + 30, Heard(FrameBytes.Beacon(1, 1), 2412))
            .Packet(Start + 39.5m, Heard(FrameBytes.Beacon(1, 1), 2412));

        ReportReading report = CaptureRuns.OnlyReport(capture);

        Assert.Equal([(1u, 2000u), (6u, 1500u), (36u, 500u)], report.Rows.Select(row => (row.Channel, row.DwellCs)));
        Assert.Empty(QuietDwell.Expand(report.Message!.Survey));
    }

    [Fact]
    public void Dwell_adds_up_to_the_span_of_each_window()
    {
        PcapBytes capture = new();
        for (int i = 0; i < 40; i++)
        {
            capture.Packet(Start + (i * 4.9m), Heard(FrameBytes.Beacon(1, 6), i % 2 == 0 ? 2412 : 2462));
        }

        Assert.All(CaptureRuns.Reports(capture), r => Assert.Equal(r.Message!.SpanS * 100, TotalDwell(r)));
    }

    [Fact]
    public void A_beacon_counts_for_the_channel_it_states()
    {
        PcapBytes capture = new PcapBytes()
            .Packet(Start, Heard(FrameBytes.Beacon(1, 8, 40, 3), 2437))
            .Packet(Start + 0.1m, Heard(FrameBytes.Beacon(2, 6), 2437));

        IReadOnlyList<HeardRow> rows = CaptureRuns.OnlyReport(capture).Rows;

        Assert.Equal([(6u, 100u), (8u, 0u)], rows.Select(row => (row.Channel, row.DwellCs)));
        Assert.Null(rows[0].Load);
        Assert.Equal(new BssLoad(1, 40, 40, 40, 3), rows[1].Load);
    }

    [Fact]
    public void Probe_responses_count_everywhere_but_among_the_beacons()
    {
        PcapBytes capture = new PcapBytes()
            .Packet(Start, Heard(FrameBytes.Beacon(1, 6, 10), dbm: -60))
            .Packet(Start + 0.1m, Heard(FrameBytes.ProbeResponse(2, 6, 20), dbm: -40));

        HeardRow row = Assert.Single(CaptureRuns.OnlyReport(capture).Rows);

        Assert.Equal((1u, 1u, 2u, -40), (row.Beacons, row.OtherFrames, row.ApCount, row.RssiMaxDbm));
        Assert.Equal((2u, 10u, 20u), (row.Load!.Value.Count, row.Load.Value.Min, row.Load.Value.Max));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void An_impossible_rssi_is_discarded_and_the_beacon_counted(int dbm)
    {
        PcapBytes capture = new PcapBytes()
            .Packet(Start, Heard(FrameBytes.Beacon(1, 6), dbm: dbm))
            .Packet(Start + 0.1m, Heard(FrameBytes.Beacon(1, 6), dbm: -80));

        ReportReading report = CaptureRuns.OnlyReport(capture);

        Assert.Equal((2u, -80), (report.Rows[0].Beacons, report.Rows[0].RssiMaxDbm));
        Assert.Equal(1u, report.Message!.Survey.RssiInvalid);
    }

    [Fact]
    public void An_fcs_left_on_without_a_flag_is_no_element()
    {
        byte[] frame = FrameBytes.WithFcs(FrameBytes.Beacon(1, 6, 77));
        HeardRow row = Assert.Single(CaptureRuns.OnlyReport(new PcapBytes().Packet(Start, Heard(frame))).Rows);

        Assert.Equal((1u, 77u), (row.Beacons, row.Load!.Value.Max));
    }

    [Fact]
    public void A_frame_with_a_bad_fcs_counts_nowhere_but_among_the_errors()
    {
        byte[] broken = FrameBytes.WithFcs(FrameBytes.Beacon(3, 6));
        broken[30] ^= 1;
        PcapBytes capture = new PcapBytes()
            .Packet(Start, Heard(FrameBytes.Beacon(1, 6)))
            .Packet(Start + 0.1m, Heard(FrameBytes.Beacon(2, 6), flags: RadiotapBytes.BadFcs))
            .Packet(Start + 0.2m, Heard(broken, flags: RadiotapBytes.FcsAtEnd));

        ReportReading report = CaptureRuns.OnlyReport(capture);

        Assert.Equal((1u, 0u, 1u), (report.Rows[0].Beacons, report.Rows[0].OtherFrames, report.Rows[0].ApCount));
        Assert.Equal(2u, report.Message!.Survey.FcsErrors);
    }

    [Fact]
    public void Data_frames_count_for_the_tuned_channel()
    {
        PcapBytes capture = new PcapBytes()
            .Packet(Start, Heard(FrameBytes.Beacon(1, 6)))
            .Packet(Start + 0.1m, Heard(FrameBytes.QosData(1000), 2462, rate: 108));

        IReadOnlyList<HeardRow> rows = CaptureRuns.OnlyReport(capture).Rows;

        Assert.Equal([(6u, 1u, 0u), (11u, 0u, 1u)], rows.Select(row => (row.Channel, row.Beacons, row.OtherFrames)));
        Assert.Equal(0u, rows[1].RssiMax);
    }

    [Fact]
    public void More_access_points_than_the_core_can_tell_apart_are_counted_as_missing()
    {
        PcapBytes capture = new();
        for (int ap = 0; ap < 600; ap++)
        {
            capture.Packet(Start + (ap / 1000m), Heard(FrameBytes.Beacon(ap, 1 + (ap % 3 * 5))));
        }

        ReportReading report = CaptureRuns.OnlyReport(capture);

        Assert.Equal(600, report.Rows.Sum(row => row.Beacons));
        Assert.Equal(600, report.Rows.Sum(row => row.ApCount) + report.Message!.Survey.ApTableFull);
    }

    [Fact]
    public void A_frame_without_a_usable_radiotap_header_is_heard_without_rssi_and_channel()
    {
        byte[] packet = [.. RadiotapBytes.Header([uint.MaxValue, uint.MaxValue]), .. FrameBytes.Beacon(1, 6)];

        HeardRow row = Assert.Single(CaptureRuns.OnlyReport(new PcapBytes().Packet(Start, packet)).Rows);

        Assert.Equal((6u, 1u, 0u, 0u), (row.Channel, row.Beacons, row.RssiMax, row.DwellCs));
    }

    [Fact]
    public void Bare_802_11_is_heard_too()
    {
        HeardRow row = Assert.Single(CaptureRuns.OnlyReport(new PcapBytes(105).Packet(Start, FrameBytes.Beacon(1, 11, 5))).Rows);

        Assert.Equal((11u, 1u, 5u), (row.Channel, row.Beacons, row.Load!.Value.Max));
    }

    [Fact]
    public void Packets_are_accounted_for()
    {
        byte[] beacon = Heard(FrameBytes.Beacon(1, 6, 5));
        byte[] broken = [.. beacon];
        broken[2] = broken[3] = 0xFF;
        var runs = new CaptureRuns();

        CaptureRunResult result = runs.Run(new PcapBytes()
            .Packet(Start + 10, beacon)
            .Packet(Start + 5, beacon)
            .Packet(Start + 11, broken)
            .Packet(Start + 12, beacon[..^3], beacon.Length)
            .Raw(1, 2, 3).ToArray());

        Assert.Equal(new CaptureCounts { Packets = 4, Frames = 3, Undecodable = 1, Truncated = 1, TimeStepsBack = 1 }, result.Counts);
        Assert.Equal((3L, 1u, 0, 3L), (result.Beacons, result.Reports, result.Unacknowledged, result.Seconds));
        Assert.Contains("ends within", result.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Packets_out_of_order_count_in_the_windows_of_their_times()
    {
        PcapBytes capture = new PcapBytes()
            .Packet(Start, Heard(FrameBytes.Beacon(1, 6)))
            .Packet(Start + 60.5m, Heard(FrameBytes.Beacon(1, 6)))
            .Packet(Start + 59.5m, Heard(FrameBytes.Beacon(1, 6)))
            .Packet(Start + 0.5m, Heard(FrameBytes.Beacon(1, 6)));

        IReadOnlyList<ReportReading> reports = CaptureRuns.Reports(capture);

        Assert.Equal([(0u, 3u), (60u, 1u)], reports.Select(r => (r.Message!.StartS, r.Rows[0].Beacons)));
    }

    [Fact]
    public void An_hour_of_silence_is_listened_to()
    {
        byte[] beacon = Heard(FrameBytes.Beacon(1, 6));

        IReadOnlyList<ReportReading> reports = CaptureRuns.Reports(new PcapBytes().Packet(Start, beacon).Packet(Start + 3600, beacon));

        Assert.Equal(61, reports.Count);
        Assert.All(reports, r => Assert.Equal(r.Message!.SpanS * 100, TotalDwell(r)));
    }

    [Fact]
    public void A_pause_of_a_month_is_a_report_a_day_in_which_nobody_listened()
    {
        const uint Day = 24 * 3600;
        PcapBytes capture = new PcapBytes()
            .Packet(Start + 10, Heard(FrameBytes.Beacon(1, 6)))
            .Packet(Start + (30 * Day) + 70, Heard(FrameBytes.Beacon(1, 11), 2462))
            .Packet(Start + (30 * Day) + 75, Heard(FrameBytes.Beacon(1, 11), 2462));

        IReadOnlyList<ReportReading> reports = CaptureRuns.Reports(capture);

        Assert.Equal(
            [(0u, 60u), .. Enumerable.Range(0, 30).Select(day => (60 + ((uint)day * Day), Day)), ((30 * Day) + 60, 6u)],
            reports.Select(r => (r.Message!.StartS, r.Message.SpanS)));
        Assert.Equal([0, .. Enumerable.Repeat(0L, 30), 600], reports.Select(TotalDwell));
        Assert.Equal([(6u, 1u), (11u, 2u)], reports.SelectMany(r => r.Rows).Select(row => (row.Channel, row.Beacons)));
    }

    [Fact]
    public void A_jump_of_more_than_a_year_ends_the_hearing_with_a_warning()
    {
        var runs = new CaptureRuns();
        byte[] beacon = Heard(FrameBytes.Beacon(1, 6));

        CaptureRunResult result = runs.Run(new PcapBytes().Packet(1, beacon).Packet(Start, beacon).ToArray());

        Assert.Equal((1u, 1L), (result.Reports, result.Beacons));
        Assert.Contains("more than a year", result.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_dated_years_ahead_is_the_only_one_not_heard()
    {
        var runs = new CaptureRuns();
        byte[] beacon = Heard(FrameBytes.Beacon(1, 6));

        CaptureRunResult result = runs.Run(
            new PcapBytes().Packet(Start, beacon).Packet(Start * 2, beacon).Packet(Start + 1, beacon).Packet(Start + 2, beacon).ToArray());

        Assert.Equal((1u, 3L), (result.Reports, result.Beacons));
    }

    [Fact]
    public void A_capture_without_packets_makes_no_report()
    {
        var runs = new CaptureRuns();

        CaptureRunResult result = runs.Run(new PcapBytes().ToArray());

        Assert.Equal((0u, 0L, 0), (result.Reports, result.Counts.Packets, runs.Transport.Connects));
    }

    [Fact]
    public void The_same_capture_makes_the_same_bytes()
    {
        Assert.Equal(Payloads(), Payloads());

        static List<byte[]> Payloads()
        {
            var runs = new CaptureRuns();
            runs.Run(ManyMinutes(5));
            return runs.Transport.Payloads;
        }
    }

    [Fact]
    public void A_broker_that_is_away_for_ten_virtual_minutes_gets_everything_once_live_reports_first()
    {
        var runs = new CaptureRuns();

        CaptureRunResult result = runs.Run(ManyMinutes(30), simulation => simulation.Outage(300, 900, runs.Transport.Kill, runs.Transport.Restore));

        ReportReading[] stored = [.. runs.Transport.Reports];
        Assert.Equal(30u, result.Reports);
        Assert.Equal((0, 0u), (result.Unacknowledged, result.Losses.Reports));
        uint[] live = [.. stored.Where(report => !report.Message!.Replayed).Select(report => report.Message!.Sequence)];
        uint[] kept = [.. stored.Where(report => report.Message!.Replayed).Select(report => report.Message!.Sequence)];
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (uint)i), live.Concat(kept).Order());
        Assert.Equal(live.Order(), live);
        Assert.Equal(kept.Order(), kept);
        Assert.InRange(kept.Length, 10, 29);
        Assert.True(runs.Transport.Connects > 1);
    }

    [Fact]
    public void A_broker_that_is_away_at_the_end_is_waited_for()
    {
        var runs = new CaptureRuns();

        CaptureRunResult result = runs.Run(ManyMinutes(5), simulation => simulation.Outage(100, 400, runs.Transport.Kill, runs.Transport.Restore));

        Assert.Equal((5u, 0), (result.Reports, result.Unacknowledged));
        Assert.Equal([1u, 2u, 3u, 4u, 5u], runs.Transport.Reports.Select(report => report.Message!.Sequence));
    }

    [Fact]
    public void An_unforeseen_outage_stops_virtual_time_until_the_broker_is_back()
    {
        var runs = new CaptureRuns();
        int asked = 0;
        var options = new SimulationOptions
        {
            IsBrokerReachable = () =>
            {
                if (++asked == 3)
                {
                    runs.Transport.Restore();
                }

                return runs.Transport.IsThere;
            },
        };

        CaptureRunResult result = runs.Run(ManyMinutes(120), simulation => simulation.At(300, runs.Transport.Kill), options);

        Assert.Equal((120u, 0, 0u), (result.Reports, result.Unacknowledged, result.Losses.Reports));
        Assert.Equal(Enumerable.Range(1, 120).Select(i => (uint)i), runs.Transport.Reports.Select(report => report.Message!.Sequence));
    }

    [Fact]
    public void A_dead_collector_is_given_up_and_its_acknowledgements_awaited_at_the_end()
    {
        var runs = new CaptureRuns();
        runs.Transport.Acknowledges = false;
        var options = new SimulationOptions { AckPatience = TimeSpan.FromMilliseconds(1), DrainPatience = TimeSpan.FromSeconds(60) };

        CaptureRunResult result = runs.Run(ManyMinutes(10), simulation => simulation.At(500, () => runs.Transport.Acknowledges = true), options);

        Assert.Equal((10u, 0), (result.Reports, result.Unacknowledged));
    }

    [Fact]
    public void A_broker_that_never_comes_back_leaves_the_reports_unacknowledged()
    {
        var runs = new CaptureRuns();
        runs.Transport.Kill();
        var options = new SimulationOptions { DrainPatience = TimeSpan.Zero };

        CaptureRunResult result = runs.Run(ManyMinutes(3), options: options);

        Assert.Equal((3u, 3, "not there"), (result.Reports, result.Unacknowledged, result.LastError));
    }

    [Fact]
    public void A_cancelled_run_closes_its_window()
    {
        var runs = new CaptureRuns();
        using var cancel = new CancellationTokenSource();

        CaptureRunResult result = runs.Run(ManyMinutes(30), simulation => simulation.At(100, cancel.Cancel), cancel: cancel.Token);

        Assert.Equal(2u, result.Reports);
        Assert.Equal([(0u, 60u), (60u, 40u)], runs.Transport.Reports.Select(report => (report.Message!.StartS, report.Message.SpanS)));
    }

    [Fact]
    public void A_paced_run_hears_the_same()
    {
        var free = new CaptureRuns();
        var paced = new CaptureRuns();

        free.Run(ManyMinutes(3));
        paced.Run(ManyMinutes(3), pace: new Pace(10_000));

        Assert.Equal(free.Transport.Reports.Select(report => report.Message!.Survey), paced.Transport.Reports.Select(report => report.Message!.Survey));
    }

    private static byte[] Heard(byte[] frame, int mhz = 2437, int dbm = -50, byte flags = 0, byte rate = 2) =>
        [.. RadiotapBytes.Usual(mhz, dbm, flags, rate), .. frame];

    private static byte[] ManyMinutes(int minutes)
    {
        var capture = new PcapBytes();
        for (int second = 0; second < (minutes * 60) - 1; second += 7)
        {
            capture.Packet(Start + second, Heard(FrameBytes.Beacon(second % 5, 6, second % 256), dbm: -40 - (second % 50)));
        }

        return capture.Packet(Start + (minutes * 60) - 0.5m, Heard(FrameBytes.Beacon(1, 6))).ToArray();
    }

    private static long TotalDwell(ReportReading report) =>
        report.Rows.Sum(row => row.DwellCs) + QuietDwell.Expand(report.Message!.Survey).Sum(quiet => (long)quiet.DwellCs!.Value);
}
