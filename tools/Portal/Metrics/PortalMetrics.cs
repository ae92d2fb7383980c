using System.Diagnostics;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Documents;
using GatewayAgent.Portal.Live;
using GatewayAgent.Portal.Webhooks;

namespace GatewayAgent.Portal.Metrics;

/// <summary>What the operator of a collector watches: the process, the way of the messages and the fleet as a whole. Nothing of one home.</summary>
internal sealed class PortalMetrics(
    IStoreReader store, Func<CollectorVitals>? vitals, HomeReader homes, LiveFeed live, WebhookPump webhooks, AccessGate gate)
{
    private const string Prefix = "gateway_agent_";

    public string Write()
    {
        var text = new MetricsText();
        WriteProcess(text);
        WriteMessages(text, store.Counters());
        if (vitals != null)
        {
            WriteCollector(text, vitals());
        }

        WriteFleet(text, homes.Fleet(Grant.Local));
        WriteFaces(text);
        return text.ToString();
    }

    private static void WriteProcess(MetricsText text)
    {
        using var process = Process.GetCurrentProcess();
        text.Counter("process_cpu_seconds_total", "Processor time of the process.", process.TotalProcessorTime.TotalSeconds);
        text.Gauge("process_resident_memory_bytes", "Memory of the process that is in RAM.", process.WorkingSet64);
        text.Gauge("process_start_time_seconds", "Start of the process since the Unix epoch.", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        text.Gauge("process_threads", "Threads of the process.", process.Threads.Count);
        text.Gauge("dotnet_heap_bytes", "Managed memory in use.", GC.GetTotalMemory(forceFullCollection: false));
    }

    private static void WriteMessages(MetricsText text, CollectorCounters c)
    {
        text.Counter(Prefix + "messages_received_total", "Messages that reached the writer since the store was made.", c.Received);
        text.Counter(Prefix + "reports_stored_total", "Reports stored.", c.Stored);
        text.Counter(Prefix + "reports_duplicate_total", "Reports of which everything was stored before.", c.Duplicates);
        text.Counter(Prefix + "reports_superseded_total", "Stored reports that made room for a merged one.", c.Superseded);
        text.Counter(
            Prefix + "messages_rejected_total",
            "Messages kept aside: unsound in themselves, or a report that overlaps a stored one.",
            "reason",
            [("unsound", c.Rejected), ("overlap", c.Overlaps)]);
        text.Counter(Prefix + "rejected_dropped_total", "Messages kept aside that were dropped for newer ones.", c.RejectedDropped);
        text.Counter(Prefix + "events_stored_total", "Events of nodes stored.", c.Events);
        text.Counter(Prefix + "events_duplicate_total", "Events of nodes that were stored before.", c.EventDuplicates);
        text.Counter(Prefix + "states_total", "Births and wills of nodes.", c.States);
        text.Counter(Prefix + "control_answers_total", "Answers of nodes to configurations and commands.", c.Controls);
    }

    private static void WriteCollector(MetricsText text, CollectorVitals v)
    {
        text.Gauge(Prefix + "broker_connected", "1 while connected to the broker and subscribed.", v.IsConnected ? 1 : 0);
        text.Gauge(Prefix + "store_writable", "1 while the store takes batches.", v.IsStoreWritable ? 1 : 0);
        text.Counter(Prefix + "broker_disconnects_total", "Connections to the broker lost or not made.", v.Disconnects);
        text.Gauge(Prefix + "queue_messages", "Messages that wait for the writer.", v.QueueLength);
        text.Gauge(Prefix + "queue_capacity_messages", "Messages that may wait before the broker is held back.", v.QueueCapacity);
        text.Summary(Prefix + "batch_duration_seconds", "Time to write a batch.", v.BatchSeconds, v.Batches);
        text.Gauge(Prefix + "batch_duration_max_seconds", "Longest batch since the start.", v.LongestBatchSeconds);
        text.Counter(Prefix + "batch_messages_total", "Messages in committed batches.", v.BatchMessages);
        text.Counter(Prefix + "write_failures_total", "Batches that could not be written and were tried again.", v.WriteFailures);
        text.Counter(
            Prefix + "acks_total", "Acknowledgements to nodes, by whether the broker took them.", "result", [("sent", v.AcksSent), ("failed", v.AcksFailed)]);
        text.Counter(Prefix + "assessments_total", "Homes assessed.", v.Assessments);
        text.Gauge(Prefix + "assessor_lag_seconds", "How long the home that waits longest has waited beyond its turn.", v.AssessorLag?.TotalSeconds);
    }

    private static void WriteFleet(MetricsText text, FleetDocument fleet)
    {
        text.Gauge(
            Prefix + "homes",
            "Homes by the band of their stability index.",
            "band",
            [("good", fleet.ByBand.Good), ("fair", fleet.ByBand.Fair), ("poor", fleet.ByBand.Poor), ("unknown", fleet.ByBand.Unknown)]);
        text.Gauge(
            Prefix + "homes_by_cause",
            "Homes by their likeliest cause of trouble.",
            "cause",
            Enum.GetValues<Insight.Diagnosis.Cause>().Select(cause => (CauseLabel($"{cause}"), (double)fleet.ByCause.GetValueOrDefault(cause))));
        text.Gauge(Prefix + "homes_getting_worse", "Homes that have got worse than their baseline.", fleet.GettingWorse);
        text.Gauge(Prefix + "home_index_mean", "Mean stability index, 0 to 100, of the homes that have one.", fleet.MeanIndex);
        text.Gauge(Prefix + "nodes", "Nodes by what the broker tells of them.", "status", [("online", fleet.NodesOnline), ("other", fleet.Nodes - fleet.NodesOnline)]);
    }

    private void WriteFaces(MetricsText text)
    {
        text.Gauge(Prefix + "live_clients", "Live streams open.", live.Clients);
        text.Counter(Prefix + "live_clients_dropped_total", "Live streams closed because the client did not read.", live.LetGo);
        text.Counter(Prefix + "live_messages_total", "Messages handed to live streams, each once.", live.Published);
        text.Counter(Prefix + "token_failures_total", "Tokens refused.", gate.Failures.Total);
        if (webhooks.Endpoints.Count > 0)
        {
            WriteWebhooks(text);
        }
    }

    private void WriteWebhooks(MetricsText text)
    {
        IEnumerable<(string, double)> Of(Func<WebhookEndpoint, double> value) => webhooks.Endpoints.Select(endpoint => (endpoint.Id, value(endpoint)));
        text.Counter(Prefix + "webhook_deliveries_total", "Webhook messages delivered.", "endpoint", Of(endpoint => endpoint.Delivered));
        text.Counter(Prefix + "webhook_failures_total", "Attempts to deliver that failed.", "endpoint", Of(endpoint => endpoint.Failures));
        text.Gauge(Prefix + "webhook_disabled", "1 for an endpoint that was given up.", "endpoint", Of(endpoint => endpoint.IsDisabled ? 1 : 0));
    }

    private static string CauseLabel(string cause) => string.Concat(cause.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
