using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Protocol;

public class ReportValidatorTests
{
    /// <summary>What is done to a sound report, under the problem that must come of it and no other.</summary>
    private static readonly Dictionary<string, Action<Report>> _faults = new()
    {
        ["boot_id 0: is never 0"] = r => r.BootId = 0,
        ["merged 12: covers more reports than the sequence has"] = r => r.Merged = 12,
        ["backlog 12: counts more reports than came before"] = r => r.Backlog = 12,
        ["span_s 0: a window has a length"] = r => r.SpanS = 0,
        ["span_s 2592001: longer than 30 days"] = r => r.SpanS = 30 * 24 * 3600 + 1,
        ["start_s 4294967295: the window ends beyond 32 bits of uptime"] = r => r.StartS = uint.MaxValue,
        ["boot_time 0: unknown is absent, not 0"] = r => r.BootTime = 0,
        ["link.rssi_histogram of 2 numbers: first bin 40 and 1 counts reach beyond 40 bins"] = r => r.Link.RssiHistogram.ReplaceWith(40, 1),
        ["link.channel 15: no such channel"] = r => r.Link.Channel = 15,
        ["clients.rssi_histogram of 42 numbers: first bin 0 and 41 counts reach beyond 40 bins"] = r => r.Clients.RssiHistogram.ReplaceWith(new uint[42]),
        ["clients.count_sum 7: not between samples × count_min and samples × count_max"] = r => r.Clients.CountSum = 7,
        ["clients.count_sum 13: not between samples × count_min and samples × count_max"] = r => r.Clients.CountSum = 13,
        ["latency.gateway_histogram of 2 numbers: first bin 16 and 1 counts reach beyond 16 bins"] = r => r.Latency.GatewayHistogram.ReplaceWith(16, 1),
        ["latency.broker_histogram of 3 numbers: first bin 15 and 2 counts reach beyond 16 bins"] = r => r.Latency.BrokerHistogram.ReplaceWith(15, 1, 1),
        ["survey.quiet_2g 1: a bit is no channel"] = r => (r.Survey.Quiet2G, r.Survey.Quiet5G) = (1, 0b110),
        ["survey.quiet_5g 536870912: a bit is no channel"] = r => r.Survey.Quiet5G = 1 << 29,
        ["survey.heard of 19 numbers: row 1 of channel 8 is cut short: 7 numbers of 8"] = r => r.Survey.Heard.RemoveAt(19),
        ["survey.heard[0].channel 0: no such channel"] = r => r.Survey.Heard[0] = 0,
        ["survey.heard[1].channel 200: no such channel"] = r => r.Survey.Heard[12] = 200,
        ["survey.heard[1].channel 6: stands twice"] = r => r.Survey.Heard[12] = 6,
        ["survey.heard[1].channel 5: rows ascend"] = r => r.Survey.Heard[12] = 5,
        ["survey.heard[0].rssi_max 128: is not of 1–127, or 0 for not measured"] = r => r.Survey.Heard[3] = 128,
        ["survey.heard[0].load_max 256: utilisation is 0–255"] = r => r.Survey.Heard[10] = 256,
        ["survey.heard[0].load_sum 119: not between load_count × load_min and load_count × load_max"] = r => r.Survey.Heard[8] = 119,
        ["survey.heard[0].load_sum 1311: not between load_count × load_min and load_count × load_max"] = r => r.Survey.Heard[8] = 1_311,
        ["survey.heard[0].stations_max 65536: a station count is 0–65,535"] = r => r.Survey.Heard[11] = 65_536,
        ["survey.heard[0].channel 6: is stated as quiet as well"] = r => r.Survey.Quiet2G |= 1 << 6,
        ["survey.quiet_dwell_cs of 4 values: only 3 channels are quiet"] = r => r.Survey.QuietDwellCs.Add([1, 1]),
    };

    public static TheoryData<string> FaultNames => [.. _faults.Keys];

    [Theory]
    [MemberData(nameof(FaultNames))]
    public void A_fault_is_named_with_field_and_value(string problem)
    {
        Report report = SampleReports.Full();
        _faults[problem](report);

        ReportReading reading = ReportValidator.Check(report);

        Assert.Equal([problem], reading.Problems.Select(p => $"{p}"));
        Assert.False(reading.IsSound);
    }

    [Fact]
    public void A_report_with_every_group_is_sound()
    {
        ReportReading reading = ReportValidator.Check(SampleReports.Full());

        Assert.Empty(reading.Problems);
        Assert.True(reading.IsSound);
        Assert.Equal([6u, 8u], reading.Rows.Select(row => row.Channel));
    }

    [Fact]
    public void A_report_of_nothing_but_its_window_is_sound() => Assert.True(ReportValidator.Check(SampleReports.Bare()).IsSound);

    [Fact]
    public void A_least_load_above_the_largest_is_named_beside_the_sum_it_breaks()
    {
        Report report = SampleReports.Full();
        report.Survey.Heard[9] = 132;

        Assert.Contains(ReportValidator.Check(report).Problems, p => $"{p}" == "survey.heard[0].load_min 132: above load_max");
    }

    [Fact]
    public void A_least_count_above_the_largest_is_named()
    {
        Report report = SampleReports.Full();
        report.Clients.CountMin = 4;

        Assert.Contains(ReportValidator.Check(report).Problems, p => $"{p}" == "clients.count_min 4: above count_max");
    }

    [Fact]
    public void Seconds_lost_with_restarts_need_a_restart()
    {
        Report report = SampleReports.Full();
        report.Losses.RestartSeconds = 360;
        Assert.Equal(["losses.restart_seconds 360: without a restart there are none"], ReportValidator.Check(report).Problems.Select(p => $"{p}"));
        report.Losses.Restarts = 1;
        Assert.True(ReportValidator.Check(report).IsSound);
    }

    [Fact]
    public void A_sequence_of_0_is_named()
    {
        Report report = SampleReports.Bare();
        report.Sequence = 0;

        Assert.Equal(["sequence 0: counts from 1"], ReportValidator.Check(report).Problems.Select(p => $"{p}"));
    }

    [Fact]
    public void A_further_part_holds_only_the_survey()
    {
        Report report = SampleReports.Full();
        report.Part = 1;

        Assert.Equal(["link", "clients", "latency", "health", "losses"], ReportValidator.Check(report).Problems.Select(p => p.Field));
    }

    [Fact]
    public void A_further_part_without_a_survey_is_named()
    {
        Report report = SampleReports.Bare();
        report.Part = 1;

        Assert.Equal(["survey"], ReportValidator.Check(report).Problems.Select(p => p.Field));
    }

    [Fact]
    public void The_key_holds_although_a_group_does_not()
    {
        Report report = SampleReports.Full();
        report.Survey.Heard[3] = 128;
        Assert.True(ReportValidator.Check(report).KeyIsSound);

        report.SpanS = 0;
        Assert.False(ReportValidator.Check(report).KeyIsSound);
    }

    [Fact]
    public void Every_limit_itself_is_allowed()
    {
        Report report = SampleReports.Full();
        (report.Merged, report.Backlog, report.SpanS) = (11, 11, 30 * 24 * 3600);
        (report.StartS, report.Survey.Heard[3], report.Survey.Heard[10]) = (uint.MaxValue - report.SpanS, 127, 255);
        report.Link.RssiHistogram.ReplaceWith([0, .. Enumerable.Repeat(1u, 40)]);

        Assert.Empty(ReportValidator.Check(report).Problems);
    }

    [Fact]
    public void Values_that_only_a_newer_node_knows_are_no_problem()
    {
        Report report = SampleReports.Full();
        report.Link.Source = (Source)7;
        report.Health.ResetCause = (ResetCause)99;

        Assert.True(ReportValidator.Check(report).IsSound);
    }
}
