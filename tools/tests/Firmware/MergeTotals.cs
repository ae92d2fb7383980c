using GatewayAgent.Protocol;
using GatewayAgent.Sampling;
using Google.Protobuf.Collections;

namespace GatewayAgent.Tests.Firmware;

/// <summary>
/// What several adjacent reports say together, by the rules of agent.proto and from nothing but its messages: the oracle for merging. What is
/// unknown has no entry.
/// </summary>
internal static class MergeTotals
{
    // An RSSI not older than this is fresh, and its age is not stated.
    private const long LinkFreshS = 1, ClientsFreshS = 10;

    public static SortedDictionary<string, long> Of(IReadOnlyList<byte[]> payloads) =>
        Of([.. payloads.Select(payload => Report.Parser.ParseFrom(payload))]);

    public static SortedDictionary<string, long> Of(IReadOnlyList<Report> reports)
    {
        var totals = new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            ["boot_id"] = reports.Select(report => report.BootId).Distinct().Single(),
            ["first"] = reports[0].Sequence - reports[0].Merged,
            ["last"] = reports[^1].Sequence,
            ["start"] = reports.Min(report => report.StartS),
            ["end"] = reports.Max(EndOf),
        };
        foreach (Report report in reports)
        {
            Latest(totals, "boot_time", report.BootTime);
            Link(totals, report.Link);
            Clients(totals, report.Clients);
            Latency(totals, report.Latency);
            Health(totals, report.Health);
            Survey(totals, report.Survey);
            Losses(totals, report.Losses);
        }

        Age(totals, "link.age_s", LinkFreshS, reports.Where(HasLinkRssi).Select(report => EndOf(report) - report.Link.AgeS));
        Age(totals, "clients.age_s", ClientsFreshS, reports.Where(HasStations).Select(report => EndOf(report) - report.Clients.AgeS));
        return totals;
    }

    /// <summary>Fails with the entries that differ.</summary>
    public static void AssertEqual(SortedDictionary<string, long> expected, SortedDictionary<string, long> actual) =>
        Assert.Equal(expected.Except(actual), actual.Except(expected));

    private static long EndOf(Report report) => (long)report.StartS + report.SpanS;

    private static bool HasLinkRssi(Report report) =>
        report.Link is { } link && (link.HasAgeS || link.RssiHistogram.Skip(1).Any(count => count > 0));

    private static bool HasStations(Report report) =>
        report.Clients is { } clients && (clients.HasAgeS || clients.CountSum > 0 || clients.RssiHistogram.Skip(1).Any(count => count > 0));

    private static void Link(SortedDictionary<string, long> totals, Link? link)
    {
        if (link == null)
        {
            return;
        }

        totals["link.source"] = (long)link.Source;
        Histogram(totals, "link.rssi", link.RssiHistogram);
        Latest(totals, "link.channel", link.Channel);
        if (link.HasDisconnects)
        {
            Sum(totals, "link.disconnects", link.Disconnects);
        }

        Latest(totals, "link.last_reason", link.LastReason);
        Sum(totals, "link.samples_without_rssi", link.SamplesWithoutRssi);
        if (link.HasAp)
        {
            totals["link.ap"] = link.Ap;
        }
    }

    private static void Clients(SortedDictionary<string, long> totals, Clients? clients)
    {
        if (clients == null)
        {
            return;
        }

        totals["clients.source"] = (long)clients.Source;
        Sum(totals, "clients.samples", clients.Samples);
        Sum(totals, "clients.count_sum", clients.CountSum);
        Least(totals, "clients.count_min", clients.CountMin);
        Most(totals, "clients.count_max", clients.CountMax);
        Histogram(totals, "clients.rssi", clients.RssiHistogram);
        Sum(totals, "clients.rssi_unknown", clients.RssiUnknown);
    }

    private static void Latency(SortedDictionary<string, long> totals, Latency? latency)
    {
        if (latency == null)
        {
            return;
        }

        Histogram(totals, "latency.gateway", latency.GatewayHistogram);
        Sum(totals, "latency.gateway_failures", latency.GatewayFailures);
        Histogram(totals, "latency.broker", latency.BrokerHistogram);
        Sum(totals, "latency.broker_failures", latency.BrokerFailures);
    }

    private static void Health(SortedDictionary<string, long> totals, Health? health)
    {
        if (health == null)
        {
            return;
        }

        if (health.HasManagedFreeKib)
        {
            Least(totals, "health.managed_free_kib", health.ManagedFreeKib);
        }

        if (health.HasNativeFreeKib)
        {
            Least(totals, "health.native_free_kib", health.NativeFreeKib);
        }

        Latest(totals, "health.reset_cause", (uint)health.ResetCause);
        Sum(totals, "health.off_channel_ms", health.OffChannelMs);
        Sum(totals, "health.sent_bytes", health.SentBytes);
        Sum(totals, "health.thread_restarts", health.ThreadRestarts);
    }

    private static void Survey(SortedDictionary<string, long> totals, Survey? survey)
    {
        if (survey == null)
        {
            return;
        }

        totals["survey.source"] = (long)survey.Source;
        Sum(totals, "survey.ap_table_full", survey.ApTableFull);
        Sum(totals, "survey.fcs_errors", survey.FcsErrors);
        Sum(totals, "survey.frames_malformed", survey.FramesMalformed);
        Sum(totals, "survey.rssi_invalid", survey.RssiInvalid);
        for (int place = 0, quiet = 0; place < Limits.Channels; place++)
        {
            if (((survey.Quiet2G & ChannelMap.Bit2g(place)) | (survey.Quiet5G & ChannelMap.Bit5g(place))) != 0)
            {
                Sum(totals, $"survey[{ChannelMap.ChannelAt(place)}].dwell_cs", survey.QuietDwellCs[Math.Min(quiet++, survey.QuietDwellCs.Count - 1)]);
            }
        }

        foreach (HeardRow row in HeardRows.Read(survey.Heard))
        {
            Heard(totals, $"survey[{row.Channel}]", row);
        }
    }

    private static void Heard(SortedDictionary<string, long> totals, string channel, HeardRow row)
    {
        Sum(totals, channel + ".dwell_cs", row.DwellCs);
        Most(totals, channel + ".ap_count", row.ApCount);
        if (row.RssiMax != 0)
        {
            Least(totals, channel + ".rssi_max", row.RssiMax);
        }

        Sum(totals, channel + ".beacons", row.Beacons);
        Sum(totals, channel + ".other_frames", row.OtherFrames);
        Sum(totals, channel + ".airtime_ms", row.AirtimeMs);
        if (row.Load is { } load)
        {
            Sum(totals, channel + ".load_count", load.Count);
            Sum(totals, channel + ".load_sum", load.Sum);
            Least(totals, channel + ".load_min", load.Min);
            Most(totals, channel + ".load_max", load.Max);
            Most(totals, channel + ".stations_max", load.StationsMax);
        }
    }

    private static void Losses(SortedDictionary<string, long> totals, Losses? losses)
    {
        // Nothing lost is the same as no group.
        if (losses == null || losses.CalculateSize() == 0)
        {
            return;
        }

        Most(totals, "losses.reports", losses.Reports);
        Most(totals, "losses.report_seconds", losses.ReportSeconds);
        Most(totals, "losses.unconfirmed", losses.Unconfirmed);
        Most(totals, "losses.samples_missed", losses.SamplesMissed);
        Most(totals, "losses.round_trips_dropped", losses.RoundTripsDropped);
        Most(totals, "losses.restarts", losses.Restarts);
        Most(totals, "losses.restart_seconds", losses.RestartSeconds);
    }

    private static void Age(SortedDictionary<string, long> totals, string key, long freshS, IEnumerable<long> measuredAt)
    {
        long age = totals["end"] - measuredAt.DefaultIfEmpty(totals["end"]).Max();
        if (age > freshS)
        {
            totals[key] = age;
        }
    }

    private static void Histogram(SortedDictionary<string, long> totals, string key, RepeatedField<uint> packed)
    {
        for (int i = 1; i < packed.Count; i++)
        {
            if (packed[i] != 0)
            {
                Sum(totals, $"{key}[{packed[0] + i - 1}]", packed[i]);
            }
        }
    }

    private static void Sum(SortedDictionary<string, long> totals, string key, uint value) => totals[key] = totals.GetValueOrDefault(key) + value;

    private static void Most(SortedDictionary<string, long> totals, string key, uint value) =>
        totals[key] = Math.Max(totals.GetValueOrDefault(key), value);

    private static void Least(SortedDictionary<string, long> totals, string key, uint value) =>
        totals[key] = Math.Min(totals.GetValueOrDefault(key, long.MaxValue), value);

    private static void Latest(SortedDictionary<string, long> totals, string key, uint value)
    {
        if (value != 0)
        {
            totals[key] = value;
        }
    }
}
