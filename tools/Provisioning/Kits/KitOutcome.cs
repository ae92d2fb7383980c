namespace GatewayAgent.Provisioning.Kits;

/// <summary>What became of the nodes that were to be provisioned.</summary>
/// <param name="Added">New in the kit.</param>
/// <param name="Changed">Written anew, with the identity they had.</param>
/// <param name="Unchanged">There already, just so.</param>
public sealed record KitOutcome(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Unchanged);
