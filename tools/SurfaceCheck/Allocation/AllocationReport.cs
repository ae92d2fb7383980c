namespace GatewayAgent.SurfaceCheck.Allocation;

/// <summary>What a walk found.</summary>
/// <param name="Findings">Allocations in steady state, each with the calls that lead to it.</param>
/// <param name="Cold">Allocations on the way to a throw; allowed, and listed so that their number is seen.</param>
/// <param name="Methods">Methods that were walked.</param>
public sealed record AllocationReport(IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> Cold, int Methods);
