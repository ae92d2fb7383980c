namespace GatewayAgent.Doctor.Probes;

/// <summary>What a collector says of itself over HTTP.</summary>
/// <param name="Problem">Why it does not answer; null = it does.</param>
/// <param name="IsForbidden">It wants a token, or another one.</param>
/// <param name="Problems">Why it is not ready, in its words; empty = it is.</param>
/// <param name="QueueShare">How full its queue is, 0–1; null = unknown.</param>
/// <param name="Date">Its clock; null = it did not say.</param>
internal sealed record CollectorEvidence(string? Problem, bool IsForbidden, IReadOnlyList<string> Problems, double? QueueShare, DateTimeOffset? Date);
