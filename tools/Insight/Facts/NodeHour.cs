using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight.Facts;

/// <summary>One hour of one node: how it was for those who used it, and all that was measured.</summary>
/// <param name="Start">UTC, a whole hour. A window that ends in the next hour counts where most of it lies, never twice.</param>
/// <param name="Users">Good, bad and unknown time of the hour's users.</param>
/// <param name="Sum">The windows of the hour merged into one; null when there were none.</param>
public sealed record NodeHour(DateTimeOffset Start, UserSeconds Users, NodeWindow? Sum);
