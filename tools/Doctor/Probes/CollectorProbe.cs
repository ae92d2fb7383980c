using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace GatewayAgent.Doctor.Probes;

/// <summary>Asks a collector how it is.</summary>
internal static class CollectorProbe
{
    private const string Queue = "gateway_agent_queue_messages ", Capacity = "gateway_agent_queue_capacity_messages ";

    public static CollectorEvidence? Look(DoctorRequest request, CancellationToken cancel)
    {
        if (request.Collector == null)
        {
            return null;
        }

        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = request.Collector, Timeout = request.Patience };
        http.DefaultRequestHeaders.Authorization = request.Token == null ? null : new AuthenticationHeaderValue("Bearer", request.Token);
        try
        {
            return Ask(http, cancel);
        }
        catch (HttpRequestException e)
        {
            return new CollectorEvidence((e.InnerException ?? e).Message, false, [], null, null);
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new CollectorEvidence($"no answer within {request.Patience.TotalSeconds:0} s", false, [], null, null);
        }
    }

    private static CollectorEvidence Ask(HttpClient http, CancellationToken cancel)
    {
        using HttpResponseMessage ready = http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel).GetAwaiter().GetResult();
        DateTimeOffset? date = ready.Headers.Date;
        if (ready.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return new CollectorEvidence(null, true, [], null, date);
        }

        string body = ready.Content.ReadAsStringAsync(cancel).GetAwaiter().GetResult();
        IReadOnlyList<string>? problems = Problems(body);
        return problems == null
            ? new CollectorEvidence($"what answers there is no collector (HTTP {(int)ready.StatusCode})", false, [], null, date)
            : new CollectorEvidence(null, false, problems, QueueShare(http, cancel), date);
    }

    // Null: no answer of a collector's.
    private static IReadOnlyList<string>? Problems(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return !document.RootElement.TryGetProperty("status", out JsonElement status) ? null
                : status.GetString() == "ready" ? []
                : document.RootElement.TryGetProperty("problems", out JsonElement problems)
                    ? [.. problems.EnumerateArray().Select(problem => problem.GetString() ?? "")]
                    : ["It says that it is not ready."];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static double? QueueShare(HttpClient http, CancellationToken cancel)
    {
        using HttpResponseMessage metrics = http.GetAsync(new Uri("/metrics", UriKind.Relative), cancel).GetAwaiter().GetResult();
        if (!metrics.IsSuccessStatusCode)
        {
            return null;
        }

        string[] lines = metrics.Content.ReadAsStringAsync(cancel).GetAwaiter().GetResult().Split('\n');
        return Value(lines, Queue) is { } queued && Value(lines, Capacity) is { } capacity and > 0 ? queued / capacity : null;
    }

    private static double? Value(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
        && double.TryParse(line[name.Length..], CultureInfo.InvariantCulture, out double value)
            ? value
            : null;
}
