using GatewayAgent.Collector;

namespace GatewayAgent.Portal.Metrics;

/// <summary>Whether the collector does its work.</summary>
/// <param name="Problems">Why it is not ready, in one sentence each.</param>
internal sealed record HealthDocument(string Status, IReadOnlyList<string>? Problems = null)
{
    public static HealthDocument Live { get; } = new("live");

    /// <summary>Ready = connected to the broker, the store takes batches, and the assessments keep up.</summary>
    /// <param name="storeProblem">Why the store cannot be read; null = it can.</param>
    public static HealthDocument Of(CollectorVitals? vitals, string? storeProblem, TimeSpan mostLag)
    {
        string?[] problems =
        [
            storeProblem,
            vitals is { IsConnected: false } ? "Not connected to the broker." : null,
            vitals is { IsStoreWritable: false } ? "The store does not take batches." : null,
            vitals?.AssessorLag > mostLag ? $"Assessments lag {vitals.AssessorLag.Value.TotalSeconds:0} s behind." : null,
        ];
        string[] known = [.. problems.OfType<string>()];
        return known.Length == 0 ? new HealthDocument("ready") : new HealthDocument("notReady", known);
    }
}
