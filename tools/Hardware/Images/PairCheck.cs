namespace GatewayAgent.Hardware.Images;

/// <summary>Whether an agent's image and a runtime belong together; empty lists = they do.</summary>
public static class PairCheck
{
    /// <summary>What keeps an agent's image from being the one that the lock means.</summary>
    public static IReadOnlyList<string> Agent(DeploymentImage image, ImagesLock pinned) =>
    [
        .. Missing(image, pinned),
        .. Twice(image),
        .. image.Assemblies.SelectMany(assembly => Against(assembly, pinned)),
        .. image.Assemblies.SelectMany(assembly => References(assembly, image)),
    ];

    /// <summary>What keeps an agent's image from starting on a runtime that has these native halves.</summary>
    /// <param name="image">The agent.</param>
    /// <param name="natives">What the runtime states.</param>
    /// <param name="pinned">Says which halves it can do without.</param>
    public static IReadOnlyList<string> Runtime(DeploymentImage image, IReadOnlyCollection<NativeAssembly> natives, ImagesLock pinned)
    {
        var problems = new List<string>();
        foreach (PeAssembly assembly in image.Assemblies.Where(assembly => assembly.NativeChecksum != 0))
        {
            NativeAssembly? native = natives.FirstOrDefault(native => native.Name == assembly.Name);
            bool isOptional = pinned.Assemblies.TryGetValue(assembly.Name, out var known) && known.Assembly.Optional;
            if (native == null && !isOptional)
            {
                problems.Add($"{assembly.Name}: the image has no native half of it");
            }
            else if (native != null && native.Checksum != assembly.NativeChecksum)
            {
                problems.Add($"{assembly.Name} {assembly.Version}: checksum 0x{assembly.NativeChecksum:X8}, but the image has 0x{native.Checksum:X8}");
            }
        }

        return problems;
    }

    private static IEnumerable<string> Missing(DeploymentImage image, ImagesLock pinned) => pinned.Agent
        .Where(own => image.Assemblies.All(assembly => assembly.Name != own.Name))
        .Select(own => $"{own.Name}: is not in the image");

    private static IEnumerable<string> Twice(DeploymentImage image) => image.Assemblies
        .GroupBy(assembly => assembly.Name)
        .Where(same => same.Count() > 1)
        .Select(same => $"{same.Key}: is in the image {same.Count()} times");

    private static IEnumerable<string> Against(PeAssembly assembly, ImagesLock pinned)
    {
        if (!pinned.Assemblies.TryGetValue(assembly.Name, out (LockedAssembly Assembly, string? Version) known))
        {
            yield return $"{assembly.Name} {assembly.Version}: the lock knows no such assembly";
            yield break;
        }

        if (known.Version != null && assembly.Version != known.Version && !assembly.Version.StartsWith(known.Version + '.', StringComparison.Ordinal))
        {
            yield return $"{assembly.Name} {assembly.Version}: the lock has {known.Version}";
        }

        if (assembly.NativeChecksum != (known.Assembly.Checksum ?? 0))
        {
            yield return $"{assembly.Name} {assembly.Version}: native checksum 0x{assembly.NativeChecksum:X8}, the lock has "
                + (known.Assembly.Checksum is { } checksum ? $"0x{checksum:X8}" : "none");
        }
    }

    // As the runtime resolves: the first two numbers of the version count.
    private static IEnumerable<string> References(PeAssembly assembly, DeploymentImage image)
    {
        foreach (PeReference needed in assembly.References)
        {
            PeAssembly? found = image.Assemblies.FirstOrDefault(other => other.Name == needed.Name);
            if (found == null)
            {
                yield return $"{assembly.Name}: needs {needed.Name} {needed.Version}, which is not in the image";
            }
            else if (Line(found.Version) != Line(needed.Version))
            {
                yield return $"{assembly.Name}: needs {needed.Name} {needed.Version}, the image has {found.Version}";
            }
        }
    }

    private static string Line(string version) => string.Join('.', version.Split('.').Take(2));
}
