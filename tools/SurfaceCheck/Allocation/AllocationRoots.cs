namespace GatewayAgent.SurfaceCheck.Allocation;

/// <summary>Where the walk starts and where it does not enter; methods as <c>Namespace.Type::Method</c>, all overloads.</summary>
/// <param name="Roots">Methods that run in steady state and must not allocate.</param>
/// <param name="Boundaries">Methods that are known to allocate and why that is right is written beside them in the table.</param>
public sealed record AllocationRoots(IReadOnlyList<string> Roots, IReadOnlyList<string> Boundaries)
{
    /// <summary>The table of <c>AllocationRoots.txt</c>.</summary>
    public static AllocationRoots Firmware { get; } = Read();

    private static AllocationRoots Read()
    {
        var lines = EmbeddedText.Lines("AllocationRoots.txt").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return new AllocationRoots(Named(lines, "root"), Named(lines, "boundary"));
    }

    private static List<string> Named(IEnumerable<string[]> lines, string kind) =>
        [.. lines.Where(fields => fields[0] == kind).Select(fields => fields[1])];
}
