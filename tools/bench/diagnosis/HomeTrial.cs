using System.Diagnostics;
using GatewayAgent.Insight;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.VirtualDevice.Fleet;

namespace GatewayAgent.Bench.Diagnosis;

/// <summary>One look at a home.</summary>
/// <param name="Hours">After the beginning of the trouble; negative = before it.</param>
/// <param name="Said">What was found, as it was ranked, without its evidence.</param>
/// <param name="Unplugged">Nodes that had been without power for long enough to be missed, whatever else was wrong with the home.</param>
/// <param name="IsDark">No node had power a while ago.</param>
internal sealed record Look(double Hours, IReadOnlyList<Finding> Said, IReadOnlyList<string> Unplugged, bool IsDark)
{
    /// <summary>Whatever was wrong with the home, this was so: a node that somebody has unplugged is silent, and a home without power is cut off.</summary>
    public bool IsTrueOf(Finding finding) => finding.Cause switch
    {
        Cause.SilentNode => Unplugged.Contains(finding.Node!),
        Cause.WanDown => IsDark,
        _ => false,
    };

    /// <summary>What was ranked first; null = nothing was found.</summary>
    public Cause? First => Said.Count > 0 ? Said[0].Cause : null;

    /// <summary>The same without what was so whatever the trouble.</summary>
    public Cause? Blamed => Said.FirstOrDefault(finding => !IsTrueOf(finding))?.Cause;

    public string? Node => Said.Count > 0 ? Said[0].Node : null;
}

/// <summary>A home, lived to its end, and what was said of it.</summary>
/// <param name="Node">The one that has the trouble; null = the whole home.</param>
/// <param name="Assessing">Processor time of the assessments.</param>
internal sealed record Life(TroubleKind Truth, int Seed, string? Node, IReadOnlyList<Look> Looks, TimeSpan Assessing, long Reports);

/// <summary>Lives a home: two to three weeks in which its trouble has not begun, then its trouble.</summary>
internal static class HomeTrial
{
    public const int TroubleDays = 10;
    private const int Hour = 3600, Day = 24 * Hour;
    private const int LearnDays = 7;

    // What has power again is heard after a pause, an hour at most, and a window.
    private const int ComingBackSeconds = 90 * 60;

    // Monday, 5 January 2026, 00:00 UTC.
    private const long Start = 1_767_571_200;

    public static Life Of(TroubleKind kind, int seed, FleetBench bench)
    {
        long from = Start + (14 * Day) + (new Random(seed).Next(7 * 24) * Hour) + (seed % 60 * 60);
        bool isFromFirstDay = kind is TroubleKind.CongestedChannel or TroubleKind.BadPlacement;
        long begins = isFromFirstDay ? Start : from;
        var home = new FleetHome($"home-{seed}", seed, kind, Start, from);
        var diary = new HomeDiary(home.Name, Start);
        var waiting = new PriorityQueue<FleetMessage, long>();
        var looks = new List<Look>();
        long end = from + (TroubleDays * Day);
        var watch = new Stopwatch();
        for (long now = Start + Hour; now <= end; now += Hour)
        {
            LiveUntil(home, bench, diary, waiting, now);
            if (IsLook(now, begins, isFromFirstDay))
            {
                watch.Start();
                HomeAssessment assessment = HomeInsight.Assess(diary.Facts(now));
                watch.Stop();
                looks.Add(new Look((now - begins) / (double)Hour, [.. assessment.Findings.Select(finding => finding with { Evidence = [] })], Unplugged(home, now), IsDark(home, now)));
            }
        }

        return new Life(kind, seed, home.TroubledNode, looks, watch.Elapsed, home.Produced);
    }

    // A node that has power again needs a while until it is heard.
    private static List<string> Unplugged(FleetHome home, long now)
    {
        const int LeastSeconds = 3 * Hour;
        return [.. home.PowerLosses.Where(off => off.To - off.From >= LeastSeconds && now >= off.From + LeastSeconds && now < off.To + ComingBackSeconds).Select(off => off.Node).Distinct()];
    }

    private static bool IsDark(FleetHome home, long now) =>
        home.PowerLosses.Where(off => now >= off.From && now < off.To + ComingBackSeconds).Select(off => off.Node).Distinct().Count() == home.NodeCount;

    // Each hour of the first two days of a trouble, otherwise each six hours; not while a healthy home is still being learned.
    private static bool IsLook(long now, long begins, bool isFromFirstDay)
    {
        bool isNew = now >= begins && now < begins + (2 * Day);
        return isNew || (now / Hour % 6 == 0 && (isFromFirstDay || now >= Start + (LearnDays * Day)));
    }

    private static void LiveUntil(FleetHome home, FleetBench bench, HomeDiary diary, PriorityQueue<FleetMessage, long> waiting, long now)
    {
        while (home.LivedUntil < now)
        {
            home.Live(bench, message => waiting.Enqueue(message, message.AtMs));
            while (waiting.TryPeek(out FleetMessage message, out long atMs) && atMs <= Math.Min(now, home.LivedUntil) * 1000)
            {
                waiting.Dequeue();
                if (diary.Take(message) is { } ack)
                {
                    home.Acknowledge(message.Node, ack.BootId, ack.Sequence, atMs / 1000);
                }
            }
        }
    }
}
