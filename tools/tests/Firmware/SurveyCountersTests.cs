using System.Globalization;
using GatewayAgent.Detection;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Reporting;
using GatewayAgent.Sampling;

namespace GatewayAgent.Tests.Firmware;

/// <summary>
/// Utilisation of four real access points, with the dirt that drivers make: counters and times that step back, zeros, a row of 101 %. The
/// 25 minutes of each go round until weeks have passed: first without the rows that are dirty, then with all of them.
/// </summary>
public class SurveyCountersTests
{
    private const int RowsAWindow = 60, WindowSeconds = 300, WindowsADay = 86_400 / WindowSeconds;

    public static TheoryData<string> AccessPoints { get; } = ["ap1", "ap2", "ap3", "ap4"];

    [SharedDataTheory]
    [MemberData(nameof(AccessPoints))]
    public void Dirt_in_what_the_driver_states_as_utilisation_raises_no_alarm(string accessPoint)
    {
        List<Row> rows = Read(accessPoint);
        int[] all = [.. rows.Select(row => (int)Math.Round(row.Percent * 2.55))];
        int[] clean = [.. all.Where(IsPossible)];
        CheckNoAlarm(clean, all);
    }

    [SharedDataTheory]
    [MemberData(nameof(AccessPoints))]
    public void Dirt_in_differences_of_counters_raises_no_alarm(string accessPoint)
    {
        List<Row> rows = Read(accessPoint);
        var all = new List<int>();
        var clean = new List<int>();
        foreach ((Row before, Row now) in rows.Zip(rows.Skip(1)))
        {
            // As a driver computes it that has not heard of counters that start anew.
            long active = now.Active - before.Active, busy = now.Busy - before.Busy;
            all.Add(active == 0 ? 0 : (int)(busy * 255 / active));
            if (active > 0 && busy > 0 && busy <= active && now.Time > before.Time)
            {
                clean.Add(all[^1]);
            }
        }

        Assert.Contains(rows.Zip(rows.Skip(1)), pair => pair.Second.Active < pair.First.Active);
        CheckNoAlarm(clean, all);
    }

    // In the end the channel gets busier for real, so that the silence before is worth something.
    private static void CheckNoAlarm(IReadOnlyList<int> clean, IReadOnlyList<int> all)
    {
        var clock = new FakeClock();
        var detection = new Deterioration(clock, 1, new DetectionSettings());
        byte[] buffer = new byte[Limits.EventBytes];
        Feed(detection, clock, clean, 21);
        Assert.Equal(0, detection.Events.CopyNext(buffer));
        Feed(detection, clock, all, 21);
        Assert.Equal(0, detection.Events.CopyNext(buffer));
        int fed = 21 * WindowsADay * RowsAWindow;
        Assert.Equal(Enumerable.Range(0, fed).Count(row => !IsPossible(all[row % all.Count])), (int)detection.Refused);

        int[] quiet = [.. all.Select(utilization => IsPossible(utilization) ? 1 + (utilization / 4) : utilization)];
        detection = new Deterioration(clock, 1, new DetectionSettings());
        Feed(detection, clock, quiet, 21);
        Assert.Equal(0, detection.Events.CopyNext(buffer));
        Feed(detection, clock, all, 4);
        Assert.NotEqual(0, detection.Events.CopyNext(buffer));
    }

    private static bool IsPossible(int utilization) => utilization is > 0 and <= 255 or LinkReading.UtilizationUnknown;

    private static void Feed(Deterioration detection, FakeClock clock, IReadOnlyList<int> utilizations, int days)
    {
        var window = new Window();
        var reading = new LinkReading();
        for (int i = 0, row = 0; i < days * WindowsADay; i++)
        {
            window.Restart(clock.UptimeMs / 1000);
            for (int look = 0; look < RowsAWindow; look++, row++)
            {
                reading.Clear();
                reading.Connected = true;
                reading.Utilization = utilizations[row % utilizations.Count];
                window.Link.Add(reading, clock.UptimeMs / 1000);
            }

            clock.UptimeMs += WindowSeconds * 1000;
            detection.WindowClosed(window, clock.UptimeMs / 1000);
        }
    }

    // ,timestamp,freq,noise,cat,cbt,crt,ctt,ch-util,id,mac-addr
    private static List<Row> Read(string accessPoint) =>
        [.. from line in File.ReadLines(SharedData.Path("data/airtime/survey-counters.csv")).Skip(1)
            let cells = line.Split(',')
            where cells[9] == accessPoint
            select new Row(Whole(cells[1]), Whole(cells[4]), Whole(cells[5]), double.Parse(cells[8], CultureInfo.InvariantCulture))];

    private static long Whole(string cell) => (long)double.Parse(cell, CultureInfo.InvariantCulture);

    private sealed record Row(long Time, long Active, long Busy, double Percent);
}
