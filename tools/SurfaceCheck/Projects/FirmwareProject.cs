namespace GatewayAgent.SurfaceCheck.Projects;

/// <summary>One device assembly: a folder with its sources, its device project (.nfproj) and its host project (.csproj).</summary>
public sealed class FirmwareProject
{
    private FirmwareProject(string repository, string folder)
    {
        Repository = repository;
        Folder = folder;
        Name = Path.GetFileName(folder);
        Device = Single(folder, "*.nfproj") is { } device ? new DeviceProject(device) : null;
        Host = Single(folder, "*.csproj") is { } host ? new HostProject(host) : null;
        Sources = SourcesBelow(folder).ToList();
        string packages = Path.Combine(folder, "packages.config");
        Packages = File.Exists(packages) ? PackagesConfig.Read(packages) : null;
    }

    /// <summary>Full path of the repository's root.</summary>
    public string Repository { get; }

    /// <summary>Full path of the project's folder.</summary>
    public string Folder { get; }

    public string Name { get; }

    public DeviceProject? Device { get; }

    public HostProject? Host { get; }

    /// <summary>Every C# file of the folder but build output: full paths in order.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Entries of packages.config; null when there is none.</summary>
    public IReadOnlyList<PackageEntry>? Packages { get; }

    /// <summary>The folders of <c>firmware</c>, and <c>device-tests</c>, that hold C#.</summary>
    public static IReadOnlyList<FirmwareProject> Find(string repository)
    {
        string firmware = Path.Combine(repository, "firmware");
        IEnumerable<string> folders = Directory.Exists(firmware) ? Directory.GetDirectories(firmware).Order(StringComparer.Ordinal) : [];
        return folders.Append(Path.Combine(repository, "device-tests"))
            .Where(folder => Directory.Exists(folder) && SourcesBelow(folder).Any())
            .Select(folder => new FirmwareProject(repository, folder))
            .ToList();
    }

    /// <summary>A path as findings show it: below the repository's root.</summary>
    public string Show(string path) => Path.GetRelativePath(Repository, path).Replace('\\', '/');

    /// <summary>Full path of a file that a project file names relative to its folder.</summary>
    public string Resolve(string relative) => Path.GetFullPath(Path.Combine(Folder, relative.Replace('\\', '/')));

    private static string? Single(string folder, string pattern) => Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault();

    private static IEnumerable<string> SourcesBelow(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(path => !IsOutput(folder, path)).Order(StringComparer.Ordinal);

    private static bool IsOutput(string folder, string path) =>
        Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";
}
