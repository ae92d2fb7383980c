namespace GatewayAgent.SurfaceCheck.Projects;

/// <summary>A device package at the version the project is built with.</summary>
public sealed record PinnedPackage(string Id, string Version, IReadOnlyList<string> Assemblies);

/// <summary>The table of <c>PinnedPackages.txt</c>.</summary>
public static class PinnedPackages
{
    public static IReadOnlyDictionary<string, PinnedPackage> All { get; } = Read().ToDictionary(package => package.Id);

    private static IEnumerable<PinnedPackage> Read()
    {
        foreach (string line in EmbeddedText.Lines("PinnedPackages.txt"))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            yield return new PinnedPackage(fields[0], fields[1], fields[2..]);
        }
    }
}
