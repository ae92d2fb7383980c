using System.Text.Json;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Protocol;

public class ReportShownTests
{
    [Fact]
    public void What_only_some_reports_have_is_shown_there()
    {
        Report report = SampleReports.Full();
        (report.Link.Ap, report.Health.ThreadRestarts) = (0x1234, 2);
        (report.Losses.Restarts, report.Losses.RestartSeconds) = (4, 1440);

        string text = ReportText.Write(ReportValidator.Check(report));

        Assert.Contains("access point 00001234 (hash)\n", text, StringComparison.Ordinal);
        Assert.Contains("2 threads started again\n", text, StringComparison.Ordinal);
        Assert.Contains("4 ends without warning, 1440 s at most lost with them\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_tells_everything_in_words_of_the_field()
    {
        string text = ReportText.Write(ReportValidator.Check(SampleReports.Full()));

        Assert.Equal(
            """
            report   10–12 merged of boot 1a2b3c4d, 1 unacknowledged before it, replayed
            window   900 s from uptime 3000 s (2026-09-21T15:03:20Z)
            link     native, 40 s old, channel 6
                     RSSI p10 -62…-61, p50 -60…-59, p95 -58…-57 dBm (20 samples), 3 samples without
                     1 disconnects (last reason 8)
            clients  native, fresh, 2 / 2.5 / 3 (least / mean / most of 4 counts)
                     RSSI p10 -72…-71, p50 -72…-71, p95 -72…-71 dBm (9 samples), 1 stations without
            latency  gateway p10 1, p50 1, p95 4…7 ms (10 samples), 1 failures
                     broker p10 8…15, p50 8…15, p95 8…15 ms (1 samples), 0 failures
            health   free heap: managed 61 KiB, native 88 KiB; last reset task_watchdog
                     own cost: 9000 ms off channel, 140 bytes sent
            survey   native; 2 FCS errors, 0 malformed, 0 invalid RSSI, 0 beyond the AP table
                     channel  dwell s  APs  max dBm  beacons  other  airtime ms  utilisation min/mean/max  stations
                           6   290.00    4      -41     9800   1240        4100               12/37.4/131         9
                           8     0.00    0        -        0      7           8                         -         -
                     quiet: 1 (0.72 s), 11 (0.36 s), 36 (0.36 s)
            losses   1 reports of 300 s dropped, 0 unconfirmed, 0 samples missed
                     0 round trips without room

            """,
            text);
    }

    [Fact]
    public void Text_says_what_was_not_measured_and_what_is_wrong()
    {
        Report report = SampleReports.Bare();
        report.SpanS = 0;

        Assert.Equal(
            """
            report   1 of boot 00000001, 0 unacknowledged before it
            window   0 s from uptime 0 s (wall clock unknown)
            link     not measured
            clients  not measured
            latency  not measured
            health   not measured
            survey   not measured
            losses   none
            problem  span_s 0: a window has a length

            """,
            ReportText.Write(ReportValidator.Check(report)));
    }

    [Fact]
    public void Json_expands_rows_and_histograms()
    {
        JsonElement json = Json(SampleReports.Full());

        Assert.Equal(10, json.GetProperty("first_sequence").GetInt32());
        JsonElement bin = json.GetProperty("link").GetProperty("rssi_dbm").GetProperty("bins")[1];
        Assert.Equal((-60, -59, 10), (bin.GetProperty("least").GetInt32(), bin.GetProperty("most").GetInt32(), bin.GetProperty("count").GetInt32()));
        JsonElement row = json.GetProperty("survey").GetProperty("heard")[0];
        Assert.Equal(37.4, row.GetProperty("utilization_mean").GetDouble());
        Assert.Equal(36, json.GetProperty("survey").GetProperty("quiet")[2].GetProperty("channel").GetInt32());
        Assert.Equal(0, json.GetProperty("problems").GetArrayLength());
    }

    [Theory]
    [InlineData("link")]
    [InlineData("clients")]
    [InlineData("latency")]
    [InlineData("health")]
    [InlineData("survey")]
    [InlineData("losses")]
    [InlineData("boot_time")]
    public void Json_has_null_where_nothing_was_measured(string name) =>
        Assert.Equal(JsonValueKind.Null, Json(SampleReports.Bare()).GetProperty(name).ValueKind);

    [Fact]
    public void Json_has_null_for_a_value_unknown_within_its_group()
    {
        Report report = SampleReports.Bare();
        report.Link = new Link();
        report.Health = new Health();
        report.Clients = new Clients();
        report.Survey = new Survey { Heard = { 6, 10, 0, 0, 0, 3, 1, 0 } };
        JsonElement json = Json(report);

        JsonElement row = json.GetProperty("survey").GetProperty("heard")[0];
        Assert.All(
            [
                json.GetProperty("link").GetProperty("channel"),
                json.GetProperty("link").GetProperty("rssi_dbm").GetProperty("p50"),
                json.GetProperty("health").GetProperty("managed_free_kib"),
                json.GetProperty("health").GetProperty("reset_cause"),
                json.GetProperty("clients").GetProperty("count_mean"),
                row.GetProperty("rssi_max_dbm"),
                row.GetProperty("utilization_min"),
                row.GetProperty("stations_max"),
            ],
            value => Assert.Equal(JsonValueKind.Null, value.ValueKind));
    }

    private static JsonElement Json(Report report)
    {
        using var document = JsonDocument.Parse(ReportJson.Write(ReportValidator.Check(report)));
        return document.RootElement.Clone();
    }
}
