using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Doctor.Probes;

/// <summary>What the board's runtime says of itself to nanoff.</summary>
/// <param name="Missing">Nanoff is not installed.</param>
/// <param name="Problem">Why it told nothing; null = it did.</param>
/// <param name="Runtime">Null = it told nothing.</param>
internal sealed record ImageEvidence(bool Missing, string? Problem, RuntimeDetails? Runtime);
