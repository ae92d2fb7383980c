using System.Numerics;
using Google.Protobuf.Collections;

namespace GatewayAgent.Protocol;

/// <summary>
/// What a report must hold to be believed. Each problem names its field and value. Fields and enumeration values that this version does
/// not know are no problem: a newer node may send them.
/// </summary>
public static class ReportValidator
{
    /// <summary>Longest span that merging can reasonably reach: 30 days.</summary>
    public const uint MaxSpanS = 30 * 24 * 3600;

    private const uint WeakestRssi = 127;

    /// <summary>Checks a report that was parsed.</summary>
    public static ReportReading Check(Report report)
    {
        var problems = new Findings();
        CheckKey(report, problems);
        bool keyIsSound = problems.Count == 0;
        CheckPart(report, problems);
        CheckLink(report.Link, problems);
        CheckClients(report.Clients, problems);
        CheckLatency(report.Latency, problems);
        CheckLosses(report.Losses, problems);
        IReadOnlyList<HeardRow> rows = report.Survey == null ? [] : CheckSurvey(report.Survey, problems);
        return new ReportReading(report, rows, problems.All, keyIsSound);
    }

    private static void CheckKey(Report r, Findings problems)
    {
        problems.AddIf(r.BootId == 0, "boot_id", r.BootId, "is never 0");
        problems.AddIf(r.Sequence == 0, "sequence", r.Sequence, "counts from 1");
        problems.AddIf(r.Merged >= r.Sequence && r.Merged > 0, "merged", r.Merged, "covers more reports than the sequence has");
        problems.AddIf(r.Backlog >= r.Sequence && r.Backlog > 0, "backlog", r.Backlog, "counts more reports than came before");
        problems.AddIf(r.SpanS == 0, "span_s", r.SpanS, "a window has a length");
        problems.AddIf(r.SpanS > MaxSpanS, "span_s", r.SpanS, "longer than 30 days");
        problems.AddIf((ulong)r.StartS + r.SpanS > uint.MaxValue, "start_s", r.StartS, "the window ends beyond 32 bits of uptime");
        problems.AddIf(r.HasBootTime && r.BootTime == 0, "boot_time", r.BootTime, "unknown is absent, not 0");
    }

    private static void CheckPart(Report r, Findings problems)
    {
        if (r.Part == 0)
        {
            return;
        }

        problems.AddIf(r.Survey == null, "survey", "absent", "a further part holds a survey");
        problems.AddIf(r.Link != null, "link", "present", "a further part holds only the survey");
        problems.AddIf(r.Clients != null, "clients", "present", "a further part holds only the survey");
        problems.AddIf(r.Latency != null, "latency", "present", "a further part holds only the survey");
        problems.AddIf(r.Health != null, "health", "present", "a further part holds only the survey");
        problems.AddIf(r.Losses != null, "losses", "present", "a further part holds only the survey");
    }

    private static void CheckLink(Link? link, Findings problems)
    {
        if (link == null)
        {
            return;
        }

        CheckHistogram(link.RssiHistogram, HistogramScale.Rssi, "link.rssi_histogram", problems);
        problems.AddIf(link.HasChannel && !WifiChannels.IsKnown(link.Channel), "link.channel", link.Channel, "no such channel");
    }

    private static void CheckClients(Clients? c, Findings problems)
    {
        if (c == null)
        {
            return;
        }

        CheckHistogram(c.RssiHistogram, HistogramScale.Rssi, "clients.rssi_histogram", problems);
        problems.AddIf(c.CountMin > c.CountMax, "clients.count_min", c.CountMin, "above count_max");
        problems.AddIf(
            IsOutside(c.CountSum, c.Samples, c.CountMin, c.CountMax),
            "clients.count_sum", c.CountSum, "not between samples × count_min and samples × count_max");
        problems.AddIf(
            c.Source == Source.BssLoad && c.RssiHistogram.Count > 0, "clients.rssi_histogram", $"of {c.RssiHistogram.Count} numbers", "BSS Load knows no RSSI");
    }

    private static void CheckLatency(Latency? latency, Findings problems)
    {
        if (latency == null)
        {
            return;
        }

        CheckHistogram(latency.GatewayHistogram, HistogramScale.Latency, "latency.gateway_histogram", problems);
        CheckHistogram(latency.BrokerHistogram, HistogramScale.Latency, "latency.broker_histogram", problems);
    }

    private static void CheckLosses(Losses? losses, Findings problems)
    {
        if (losses == null)
        {
            return;
        }

        problems.AddIf(
            losses.RestartSeconds > 0 && losses.Restarts == 0, "losses.restart_seconds", losses.RestartSeconds, "without a restart there are none");
    }

    private static IReadOnlyList<HeardRow> CheckSurvey(Survey survey, Findings problems)
    {
        problems.AddIf((survey.Quiet2G & ~WifiChannels.Mask2G) != 0, "survey.quiet_2g", survey.Quiet2G, "a bit is no channel");
        problems.AddIf((survey.Quiet5G & ~WifiChannels.Mask5G) != 0, "survey.quiet_5g", survey.Quiet5G, "a bit is no channel");
        if (!HeardRows.TryRead(survey.Heard, out IReadOnlyList<HeardRow> rows, out string? reason))
        {
            problems.Add("survey.heard", $"of {survey.Heard.Count} numbers", reason);
        }

        for (int i = 0; i < rows.Count; i++)
        {
            CheckRow(rows[i], i, i == 0 ? 0 : rows[i - 1].Channel, problems);
        }

        CheckQuiet(survey, rows, problems);
        return rows;
    }

    private static void CheckRow(HeardRow row, int index, uint channelBefore, Findings problems)
    {
        bool isKnown = WifiChannels.IsKnown(row.Channel);
        problems.AddIf(!isKnown, "survey.heard", index, "channel", row.Channel, "no such channel");
        problems.AddIf(isKnown && row.Channel == channelBefore, "survey.heard", index, "channel", row.Channel, "stands twice");
        problems.AddIf(isKnown && row.Channel < channelBefore, "survey.heard", index, "channel", row.Channel, "rows ascend");
        problems.AddIf(row.RssiMax > WeakestRssi, "survey.heard", index, "rssi_max", row.RssiMax, "is not of 1–127, or 0 for not measured");
        if (row.Load is not { } load)
        {
            return;
        }

        problems.AddIf(load.Min > byte.MaxValue, "survey.heard", index, "load_min", load.Min, "utilisation is 0–255");
        problems.AddIf(load.Max > byte.MaxValue, "survey.heard", index, "load_max", load.Max, "utilisation is 0–255");
        problems.AddIf(load.Min > load.Max, "survey.heard", index, "load_min", load.Min, "above load_max");
        problems.AddIf(
            IsOutside(load.Sum, load.Count, load.Min, load.Max), "survey.heard", index, "load_sum", load.Sum, "not between load_count × load_min and load_count × load_max");
        problems.AddIf(load.StationsMax > ushort.MaxValue, "survey.heard", index, "stations_max", load.StationsMax, "a station count is 0–65,535");
    }

    private static void CheckQuiet(Survey survey, IReadOnlyList<HeardRow> rows, Findings problems)
    {
        int stated = survey.QuietDwellCs.Count;
        int quiet = BitOperations.PopCount(survey.Quiet2G) + BitOperations.PopCount(survey.Quiet5G);
        problems.AddIf(stated > quiet, "survey.quiet_dwell_cs", $"of {stated} values", $"only {quiet} channels are quiet");
        for (int i = 0; i < rows.Count; i++)
        {
            bool both = WifiChannels.IsIn(rows[i].Channel, survey.Quiet2G, survey.Quiet5G);
            problems.AddIf(both, "survey.heard", i, "channel", rows[i].Channel, "is stated as quiet as well");
        }
    }

    private static void CheckHistogram(RepeatedField<uint> packed, HistogramScale scale, string field, Findings problems)
    {
        if (Histogram.ShapeProblem(packed, scale) is { } reason)
        {
            problems.Add(field, $"of {packed.Count} numbers", reason);
        }
    }

    private static bool IsOutside(uint sum, uint count, uint min, uint max) => sum < (ulong)count * min || sum > (ulong)count * max;

    /// <summary>Problems so far. Texts are made only for those that are added: most reports have none.</summary>
    private sealed class Findings
    {
        private List<Problem>? _found;

        public int Count => _found?.Count ?? 0;

        public IReadOnlyList<Problem> All => _found ?? (IReadOnlyList<Problem>)[];

        public void Add(string field, string value, string reason) => (_found ??= []).Add(new Problem(field, value, reason));

        public void AddIf(bool isWrong, string field, string value, string reason)
        {
            if (isWrong)
            {
                Add(field, value, reason);
            }
        }

        public void AddIf(bool isWrong, string field, uint value, string reason)
        {
            if (isWrong)
            {
                Add(field, $"{value}", reason);
            }
        }

        public void AddIf(bool isWrong, string list, int index, string field, uint value, string reason)
        {
            if (isWrong)
            {
                Add($"{list}[{index}].{field}", $"{value}", reason);
            }
        }
    }
}
