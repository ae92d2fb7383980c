namespace GatewayAgent.Portal.Access;

/// <summary>Who asks, and what is theirs to see.</summary>
/// <param name="Name">Of the token.</param>
/// <param name="Homes">Prefixes of the names of homes; null = all homes.</param>
internal sealed record Grant(string Name, Role Role, IReadOnlyList<string>? Homes)
{
    /// <summary>Whoever can reach a portal on loopback without a token file.</summary>
    public static Grant Local { get; } = new("local", Role.Operator, null);

    /// <summary>What belongs to no home: the collector and all tenants together.</summary>
    public bool SeesCollector => Role == Role.Operator && Homes == null;

    /// <summary>Also when the file was read again meanwhile.</summary>
    public bool IsSameAs(Grant other) =>
        Name == other.Name && Role == other.Role && (Homes ?? []).SequenceEqual(other.Homes ?? []) && (Homes == null) == (other.Homes == null);

    public bool Sees(string home) => Homes == null || Homes.Any(prefix => home.StartsWith(prefix, StringComparison.Ordinal));
}
