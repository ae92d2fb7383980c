using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.Collections;

namespace GatewayAgent.Protocol;

/// <summary>A report as JSON with everything packed expanded: names as in <c>agent.proto</c>, null where nothing was measured.</summary>
public static class ReportJson
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One indented JSON object, with what is wrong with the report under <c>problems</c>.</summary>
    public static string Write(ReportReading reading)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _options))
        {
            json.WriteStartObject();
            if (reading.Message is { } report)
            {
                WriteReport(json, report, reading.Rows);
            }

            json.WriteStartArray("problems");
            foreach (Problem problem in reading.Problems)
            {
                json.WriteStringValue(problem.ToString());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteReport(Utf8JsonWriter json, Report r, IReadOnlyList<HeardRow> rows)
    {
        json.WriteNumber("boot_id", r.BootId);
        json.WriteNumber("first_sequence", (long)r.Sequence - r.Merged);
        json.WriteNumber("sequence", r.Sequence);
        json.WriteNumber("part", r.Part);
        json.WriteNumber("backlog", r.Backlog);
        json.WriteBoolean("replayed", r.Replayed);
        json.WriteNumber("start_s", r.StartS);
        json.WriteNumber("span_s", r.SpanS);
        WriteNumber(json, "boot_time", r.HasBootTime ? r.BootTime : null);
        WriteGroup(json, "link", r.Link, WriteLink);
        WriteGroup(json, "clients", r.Clients, WriteClients);
        WriteGroup(json, "latency", r.Latency, WriteLatency);
        WriteGroup(json, "health", r.Health, WriteHealth);
        WriteGroup(json, "survey", r.Survey, (writer, survey) => WriteSurvey(writer, survey, rows));
        WriteGroup(json, "losses", r.Losses, WriteLosses);
    }

    private static void WriteLink(Utf8JsonWriter json, Link link)
    {
        WriteSource(json, link.Source, link.HasAgeS ? link.AgeS : null);
        WriteHistogram(json, "rssi_dbm", link.RssiHistogram, HistogramScale.Rssi);
        json.WriteNumber("samples_without_rssi", link.SamplesWithoutRssi);
        WriteNumber(json, "channel", link.HasChannel ? link.Channel : null);
        WriteNumber(json, "disconnects", link.HasDisconnects ? link.Disconnects : null);
        WriteNumber(json, "last_reason", link.HasLastReason ? link.LastReason : null);
        json.WriteString("ap", link.HasAp ? $"{link.Ap:x8}" : null);
    }

    private static void WriteClients(Utf8JsonWriter json, Clients c)
    {
        WriteSource(json, c.Source, c.HasAgeS ? c.AgeS : null);
        json.WriteNumber("samples", c.Samples);
        WriteNumber(json, "count_min", c.Samples == 0 ? null : c.CountMin);
        WriteNumber(json, "count_mean", c.Samples == 0 ? null : Math.Round((double)c.CountSum / c.Samples, 2));
        WriteNumber(json, "count_max", c.Samples == 0 ? null : c.CountMax);
        WriteHistogram(json, "rssi_dbm", c.RssiHistogram, HistogramScale.Rssi);
        json.WriteNumber("rssi_unknown", c.RssiUnknown);
    }

    private static void WriteLatency(Utf8JsonWriter json, Latency latency)
    {
        WriteHistogram(json, "gateway_ms", latency.GatewayHistogram, HistogramScale.Latency);
        json.WriteNumber("gateway_failures", latency.GatewayFailures);
        WriteHistogram(json, "broker_ms", latency.BrokerHistogram, HistogramScale.Latency);
        json.WriteNumber("broker_failures", latency.BrokerFailures);
    }

    private static void WriteHealth(Utf8JsonWriter json, Health health)
    {
        WriteNumber(json, "managed_free_kib", health.HasManagedFreeKib ? health.ManagedFreeKib : null);
        WriteNumber(json, "native_free_kib", health.HasNativeFreeKib ? health.NativeFreeKib : null);
        json.WriteString("reset_cause", health.ResetCause == ResetCause.Unknown ? null : Names.Of(health.ResetCause));
        json.WriteNumber("off_channel_ms", health.OffChannelMs);
        json.WriteNumber("sent_bytes", health.SentBytes);
        json.WriteNumber("thread_restarts", health.ThreadRestarts);
    }

    private static void WriteSurvey(Utf8JsonWriter json, Survey survey, IReadOnlyList<HeardRow> rows)
    {
        json.WriteString("source", Names.Of(survey.Source));
        json.WriteStartArray("heard");
        foreach (HeardRow row in rows)
        {
            WriteRow(json, row);
        }

        json.WriteEndArray();
        json.WriteStartArray("quiet");
        foreach (QuietChannel quiet in QuietDwell.Expand(survey))
        {
            json.WriteStartObject();
            json.WriteNumber("channel", quiet.Channel);
            WriteNumber(json, "dwell_s", quiet.DwellCs / 100.0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("ap_table_full", survey.ApTableFull);
        json.WriteNumber("fcs_errors", survey.FcsErrors);
        json.WriteNumber("frames_malformed", survey.FramesMalformed);
        json.WriteNumber("rssi_invalid", survey.RssiInvalid);
    }

    private static void WriteRow(Utf8JsonWriter json, HeardRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("channel", row.Channel);
        json.WriteNumber("dwell_s", row.DwellCs / 100.0);
        json.WriteNumber("ap_count", row.ApCount);
        WriteNumber(json, "rssi_max_dbm", row.RssiMaxDbm);
        json.WriteNumber("beacons", row.Beacons);
        json.WriteNumber("other_frames", row.OtherFrames);
        json.WriteNumber("airtime_ms", row.AirtimeMs);
        json.WriteNumber("load_count", row.Load?.Count ?? 0);
        WriteNumber(json, "utilization_min", row.Load?.Min);
        WriteNumber(json, "utilization_mean", row.Load is { } load ? Math.Round(load.Mean, 1) : null);
        WriteNumber(json, "utilization_max", row.Load?.Max);
        WriteNumber(json, "stations_max", row.Load?.StationsMax);
        json.WriteEndObject();
    }

    private static void WriteLosses(Utf8JsonWriter json, Losses losses)
    {
        json.WriteNumber("reports", losses.Reports);
        json.WriteNumber("report_seconds", losses.ReportSeconds);
        json.WriteNumber("unconfirmed", losses.Unconfirmed);
        json.WriteNumber("samples_missed", losses.SamplesMissed);
        json.WriteNumber("round_trips_dropped", losses.RoundTripsDropped);
        json.WriteNumber("restarts", losses.Restarts);
        json.WriteNumber("restart_seconds", losses.RestartSeconds);
    }

    /// <summary>Non-empty bins, and percentiles as the bounds of their bin; null bounds are open.</summary>
    private static void WriteHistogram(Utf8JsonWriter json, string name, RepeatedField<uint> packed, HistogramScale scale)
    {
        if (!Histogram.TryUnpack(packed, scale, out Histogram? histogram, out _))
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("samples", histogram.Total);
        WriteBounds(json, "p10", histogram.Percentile(10));
        WriteBounds(json, "p50", histogram.Percentile(50));
        WriteBounds(json, "p95", histogram.Percentile(95));
        json.WriteStartArray("bins");
        for (int bin = 0; bin < histogram.Counts.Count; bin++)
        {
            if (histogram.Counts[bin] != 0)
            {
                json.WriteStartObject();
                WriteNumber(json, "least", scale.Bounds(bin).Least);
                WriteNumber(json, "most", scale.Bounds(bin).Most);
                json.WriteNumber("count", histogram.Counts[bin]);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBounds(Utf8JsonWriter json, string name, BinBounds? bounds)
    {
        if (bounds is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        WriteNumber(json, "least", known.Least);
        WriteNumber(json, "most", known.Most);
        json.WriteEndObject();
    }

    /// <summary>Where a group comes from and the age of its values: 0 = taken within the sample period.</summary>
    private static void WriteSource(Utf8JsonWriter json, Source source, uint? age)
    {
        json.WriteString("source", Names.Of(source));
        json.WriteNumber("age_s", age ?? 0);
    }

    private static void WriteGroup<T>(Utf8JsonWriter json, string name, T? group, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (group == null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        write(json, group);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
