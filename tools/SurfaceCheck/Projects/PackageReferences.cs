namespace GatewayAgent.SurfaceCheck.Projects;

/// <summary>packages.config, the pinned table and the references of the .nfproj say the same packages.</summary>
internal static class PackageReferences
{
    private const string TargetFramework = "netnano1.0";

    public static IEnumerable<Finding> Check(FirmwareProject project, DeviceProject device)
    {
        string config = Path.Combine(project.Folder, "packages.config");
        if (project.Packages == null)
        {
            return [new Finding(project.Show(config), 0, 0, Rule.PackageVersion, "packages.config", "the device project has none")];
        }

        return [.. project.Packages.SelectMany(entry => CheckEntry(project, device, config, entry)), .. device.References.SelectMany(item => CheckReference(project, device, item))];
    }

    private static IEnumerable<Finding> CheckEntry(FirmwareProject project, DeviceProject device, string config, PackageEntry entry)
    {
        if (!PinnedPackages.All.TryGetValue(entry.Id, out PinnedPackage? pinned))
        {
            yield return new Finding(project.Show(config), entry.Line, 0, Rule.PackageVersion, entry.Id, "not in PinnedPackages.txt");
            yield break;
        }

        if (entry.Version != pinned.Version)
        {
            yield return new Finding(project.Show(config), entry.Line, 0, Rule.PackageVersion, entry.Id, $"version {entry.Version}, pinned is {pinned.Version}");
        }

        if (entry.TargetFramework != TargetFramework)
        {
            yield return new Finding(project.Show(config), entry.Line, 0, Rule.PackageVersion, entry.Id, $"its targetFramework is not {TargetFramework}");
        }

        foreach (string assembly in pinned.Assemblies.Where(assembly => device.References.All(item => AssemblyOf(item) != assembly)))
        {
            yield return new Finding(project.Show(device.Path), 0, 0, Rule.PackageReference, assembly, $"{entry.Id} is in packages.config, and the project does not reference this assembly");
        }
    }

    private static IEnumerable<Finding> CheckReference(FirmwareProject project, DeviceProject device, ProjectItem item)
    {
        string assembly = AssemblyOf(item);
        string? problem = ReferenceProblem(project, item, assembly);
        return problem == null ? [] : [new Finding(project.Show(device.Path), item.Line, 0, Rule.PackageReference, assembly, problem)];
    }

    private static string? ReferenceProblem(FirmwareProject project, ProjectItem item, string assembly)
    {
        PinnedPackage? package = PinnedPackages.All.Values.FirstOrDefault(package => package.Assemblies.Contains(assembly));
        if (package == null || project.Packages!.All(entry => entry.Id != package.Id))
        {
            return package == null ? "no pinned package brings it" : $"{package.Id} is not in packages.config";
        }

        string expected = $"packages/{package.Id}.{package.Version}/lib/{assembly}";
        string? hint = ProjectXml.Child(item.Element, "HintPath");
        string found = hint == null ? "(none)" : project.Show(project.Resolve(hint));
        return found == expected + ".dll" || found == expected + ".exe" ? null : $"its HintPath is {found}, expected {expected}.dll";
    }

    private static string AssemblyOf(ProjectItem item) => item.Include.Split(',')[0].Trim();
}
