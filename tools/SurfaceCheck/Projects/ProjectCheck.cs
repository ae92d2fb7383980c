namespace GatewayAgent.SurfaceCheck.Projects;

/// <summary>
/// Holds a folder's device project and host project together: the same sources, the same firmware references, and packages exactly as pinned.
/// </summary>
public static class ProjectCheck
{
    public static IEnumerable<Finding> Run(FirmwareProject project)
    {
        if (project.Device == null || project.Host == null)
        {
            string missing = project.Device == null ? ".nfproj" : ".csproj";
            return [new Finding(project.Show(project.Folder), 0, 0, Rule.ProjectFileMissing, missing, "a firmware folder has a device project and a host project over the same files")];
        }

        return [.. SourceLists.Compare(project, project.Device, project.Host), .. PackageReferences.Check(project, project.Device), .. CompareReferences(project, project.Device, project.Host), .. CompareSettings(project, project.Device, project.Host)];
    }

    private static IEnumerable<Finding> CompareSettings(FirmwareProject project, DeviceProject device, HostProject host)
    {
        if (device.AssemblyName != host.AssemblyName)
        {
            yield return new Finding(project.Show(device.Path), 0, 0, Rule.AssemblyName, device.AssemblyName ?? "(none)", $"{Path.GetFileName(host.Path)} names the assembly {host.AssemblyName ?? "(none)"}");
        }

        if (device.IsChecked)
        {
            yield return new Finding(project.Show(device.Path), 0, 0, Rule.CheckedArithmetic, "CheckForOverflowUnderflow", "checked arithmetic never throws on the device: it wraps");
        }
    }

    private static IEnumerable<Finding> CompareReferences(FirmwareProject project, DeviceProject device, HostProject host)
    {
        Dictionary<string, int> onDevice = ByFolder(project, device.ProjectReferences), onHost = ByFolder(project, host.ProjectReferences);
        foreach ((string folder, int line) in onDevice.Where(entry => !onHost.ContainsKey(entry.Key)))
        {
            yield return new Finding(project.Show(device.Path), line, 0, Rule.ProjectReference, folder, $"{Path.GetFileName(host.Path)} does not reference it");
        }

        foreach ((string folder, int line) in onHost.Where(entry => !onDevice.ContainsKey(entry.Key)))
        {
            yield return new Finding(project.Show(host.Path), line, 0, Rule.ProjectReference, folder, $"{Path.GetFileName(device.Path)} does not reference it");
        }
    }

    private static string FolderOf(FirmwareProject project, ProjectItem item) => project.Show(Path.GetDirectoryName(project.Resolve(item.Include))!);

    // What a host project references beside the firmware (NanoHost) stands in for the device's packages.
    private static Dictionary<string, int> ByFolder(FirmwareProject project, IEnumerable<ProjectItem> references) =>
        references.DistinctBy(item => FolderOf(project, item))
            .Where(item => FolderOf(project, item).Split('/')[0] is "firmware" or "device-tests")
            .ToDictionary(item => FolderOf(project, item), item => item.Line);
}
