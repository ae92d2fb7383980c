using System.Globalization;
using System.Text;
using Google.Protobuf.Collections;

namespace GatewayAgent.Protocol;

/// <summary>A report as lines for people. A group that was not measured says so; a value that was not is a dash.</summary>
public static class ReportText
{
    private const string Unknown = "-";

    /// <summary>Several lines, each ended with a newline; problems, if any, stand last.</summary>
    public static string Write(ReportReading reading)
    {
        var text = new StringBuilder();
        if (reading.Message is { } report)
        {
            WriteReport(text, report, reading.Rows);
        }

        foreach (Problem problem in reading.Problems)
        {
            Line(text, "problem", $"{problem}");
        }

        return text.ToString();
    }

    private static void WriteReport(StringBuilder text, Report r, IReadOnlyList<HeardRow> rows)
    {
        WriteHeader(text, r);
        WriteLink(text, r.Link);
        WriteClients(text, r.Clients);
        WriteLatency(text, r.Latency);
        WriteHealth(text, r.Health);
        WriteSurvey(text, r.Survey, rows);
        WriteLosses(text, r.Losses);
    }

    private static void WriteHeader(StringBuilder text, Report r)
    {
        string range = r.Merged == 0 ? $"{r.Sequence}" : $"{(long)r.Sequence - r.Merged}–{r.Sequence} merged";
        string part = r.Part == 0 ? "" : $", part {r.Part}";
        string replayed = r.Replayed ? ", replayed" : "";
        Line(text, "report", $"{range}{part} of boot {r.BootId:x8}, {r.Backlog} unacknowledged before it{replayed}");

        string clock = r.HasBootTime ? WallClock(r.BootTime + (long)r.StartS) : "wall clock unknown";
        Line(text, "window", $"{r.SpanS} s from uptime {r.StartS} s ({clock})");
    }

    private static void WriteLink(StringBuilder text, Link? link)
    {
        if (link == null)
        {
            Line(text, "link", $"not measured");
            return;
        }

        string reason = link.HasLastReason ? $" (last reason {link.LastReason})" : "";
        Line(text, "link", $"{Names.Of(link.Source)}, {Age(link.HasAgeS, link.AgeS)}, channel {(link.HasChannel ? link.Channel : Unknown)}");
        Line(text, "", $"RSSI {Summary(link.RssiHistogram, HistogramScale.Rssi)}, {link.SamplesWithoutRssi} samples without");
        Line(text, "", $"{(link.HasDisconnects ? link.Disconnects : Unknown)} disconnects{reason}");
        if (link.HasAp)
        {
            Line(text, "", $"access point {link.Ap:x8} (hash)");
        }
    }

    private static void WriteClients(StringBuilder text, Clients? c)
    {
        if (c == null)
        {
            Line(text, "clients", $"not measured");
            return;
        }

        string counts = c.Samples == 0 ? "no counts" : FormattableString.Invariant($"{c.CountMin} / {(double)c.CountSum / c.Samples:0.0} / {c.CountMax} (least / mean / most of {c.Samples} counts)");
        Line(text, "clients", $"{Names.Of(c.Source)}, {Age(c.HasAgeS, c.AgeS)}, {counts}");
        Line(text, "", $"RSSI {Summary(c.RssiHistogram, HistogramScale.Rssi)}, {c.RssiUnknown} stations without");
    }

    private static void WriteLatency(StringBuilder text, Latency? latency)
    {
        if (latency == null)
        {
            Line(text, "latency", $"not measured");
            return;
        }

        Line(text, "latency", $"gateway {Summary(latency.GatewayHistogram, HistogramScale.Latency)}, {latency.GatewayFailures} failures");
        Line(text, "", $"broker {Summary(latency.BrokerHistogram, HistogramScale.Latency)}, {latency.BrokerFailures} failures");
    }

    private static void WriteHealth(StringBuilder text, Health? h)
    {
        if (h == null)
        {
            Line(text, "health", $"not measured");
            return;
        }

        string managed = h.HasManagedFreeKib ? $"{h.ManagedFreeKib} KiB" : Unknown;
        string native = h.HasNativeFreeKib ? $"{h.NativeFreeKib} KiB" : Unknown;
        Line(text, "health", $"free heap: managed {managed}, native {native}; last reset {Names.Of(h.ResetCause)}");
        Line(text, "", $"own cost: {h.OffChannelMs} ms off channel, {h.SentBytes} bytes sent");
        if (h.ThreadRestarts > 0)
        {
            Line(text, "", $"{h.ThreadRestarts} threads started again");
        }
    }

    private static void WriteSurvey(StringBuilder text, Survey? survey, IReadOnlyList<HeardRow> rows)
    {
        if (survey == null)
        {
            Line(text, "survey", $"not measured");
            return;
        }

        Line(text, "survey", $"{Names.Of(survey.Source)}; {survey.FcsErrors} FCS errors, {survey.FramesMalformed} malformed, {survey.RssiInvalid} invalid RSSI, {survey.ApTableFull} beyond the AP table");
        Line(text, "", $"channel  dwell s  APs  max dBm  beacons  other  airtime ms  utilisation min/mean/max  stations");
        foreach (HeardRow row in rows)
        {
            WriteRow(text, row);
        }

        IEnumerable<string> quiet = QuietDwell.Expand(survey).Select(q => $"{q.Channel} ({(q.DwellCs is { } dwell ? Seconds(dwell) : Unknown)} s)");
        Line(text, "", $"quiet: {string.Join(", ", quiet.DefaultIfEmpty("none"))}");
    }

    private static void WriteRow(StringBuilder text, HeardRow row)
    {
        string load = row.Load is { } l ? string.Create(CultureInfo.InvariantCulture, $"{l.Min}/{l.Mean:0.0}/{l.Max}") : Unknown;
        string rssi = row.RssiMaxDbm?.ToString(CultureInfo.InvariantCulture) ?? Unknown;
        string stations = row.Load?.StationsMax.ToString(CultureInfo.InvariantCulture) ?? Unknown;
        Line(
            text, "",
            $"{row.Channel,7}  {Seconds(row.DwellCs),7}  {row.ApCount,3}  {rssi,7}  {row.Beacons,7}  {row.OtherFrames,5}  {row.AirtimeMs,10}  {load,24}  {stations,8}");
    }

    private static void WriteLosses(StringBuilder text, Losses? l)
    {
        if (l == null)
        {
            Line(text, "losses", $"none");
            return;
        }

        Line(text, "losses", $"{l.Reports} reports of {l.ReportSeconds} s dropped, {l.Unconfirmed} unconfirmed, {l.SamplesMissed} samples missed");
        Line(text, "", $"{l.RoundTripsDropped} round trips without room");
        if (l.Restarts > 0)
        {
            Line(text, "", $"in the node's life: {l.Restarts} ends without warning, {l.RestartSeconds} s at most lost with them");
        }
    }

    private static string Summary(RepeatedField<uint> packed, HistogramScale scale)
    {
        if (!Histogram.TryUnpack(packed, scale, out Histogram? histogram, out string? reason))
        {
            return $"unreadable ({reason})";
        }

        return histogram.Total == 0
            ? "no samples"
            : $"p10 {histogram.Percentile(10)}, p50 {histogram.Percentile(50)}, p95 {histogram.Percentile(95)} {scale.Unit} ({histogram.Total} samples)";
    }

    private static string Age(bool isStated, uint seconds) => isStated ? $"{seconds} s old" : "fresh";

    private static string Seconds(uint hundredths) => (hundredths / 100.0).ToString("0.00", CultureInfo.InvariantCulture);

    private static string WallClock(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string head, FormattableString rest) =>
        text.Append(CultureInfo.InvariantCulture, $"{head,-9}").Append(rest.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
