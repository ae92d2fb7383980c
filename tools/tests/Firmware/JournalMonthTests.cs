using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Protocol;
using Xunit.Abstractions;

namespace GatewayAgent.Tests.Firmware;

/// <summary>A month without the collector: nothing is lost but resolution, and the flash is written little more than once.</summary>
public class JournalMonthTests(ITestOutputHelper output)
{
    private const int ReportsADay = 288, Days = 30;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_month_of_reports_fits_with_and_without_a_restart_a_day(bool isRestarted)
    {
        var run = new JournalRun(new FakeFlash()) { Padding = 48 };
        for (int report = 0; report < Days * ReportsADay; report++)
        {
            if (report == 0 || (isRestarted && report % ReportsADay == 0))
            {
                Assert.True(run.Boot());
            }

            Assert.True(run.Append());
            Assert.InRange(run.Journal.Bytes, 1, Limits.JournalSegments * Limits.JournalSegmentBytes);
        }

        FakeFlash flash = run.Flash;
        long appended = run.Appended;
        double amplification = (double)flash.BytesWritten / appended, erases = (double)flash.Writes / (Days * ReportsADay);
        Assert.Equal(0u, run.Journal.LostReports);
        Assert.Equal(0, run.Check());
        List<Report> held = run.Read();
        output.WriteLine($"{Days * ReportsADay} reports of {appended / (Days * ReportsADay)} B; held in {held.Count}, of "
            + $"{held.Min(report => report.Merged + 1)} to {held.Max(report => report.Merged + 1)} windows");
        output.WriteLine($"most on flash: {flash.MostFiles} files, {flash.MostBytes} B; written {flash.BytesWritten} B = {amplification:F2} x "
            + $"what was appended; {erases:F2} writes a report, {MostWrites(flash)} to the busiest file");
        Assert.InRange(flash.MostFiles, Limits.JournalSegments, Limits.JournalSegments + 2);
        Assert.InRange(flash.MostBytes, 1, ((Limits.JournalSegments + 1) * Limits.JournalSegmentBytes) + flash.LengthOf("jfreed"));
        Assert.InRange(amplification, 1, 3);
        Assert.InRange(erases, 1, 1.6);
    }

    [Fact]
    public void A_thousand_boots_that_end_after_a_report_leave_the_newest_and_count_the_others()
    {
        var run = new JournalRun(new FakeFlash(), 4, 700);
        uint lost = 0;
        for (int boot = 0; boot < 1000; boot++)
        {
            Assert.True(run.Boot());
            Assert.True(run.Append());
            lost += run.Journal.LostReports;
        }

        Assert.Equal((int)lost, run.Check());
        Assert.True(run.Journal.Count > 40, $"{run.Journal.Count} left");
        Assert.True(lost > 900);
    }

    private static int MostWrites(FakeFlash flash) => Enumerable.Range(0, 25).Max(slot => flash.WritesTo($"j{slot:00}"));
}
