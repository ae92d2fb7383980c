using System.IO.Enumeration;

namespace GatewayAgent.SurfaceCheck.Projects;

/// <summary>The .nfproj names each source; the .csproj takes the folder. Both must mean the same files.</summary>
internal static class SourceLists
{
    public static IEnumerable<Finding> Compare(FirmwareProject project, DeviceProject device, HostProject host)
    {
        HashSet<string> onHost = HostSources(project, host);
        var listed = new HashSet<string>();
        foreach (ProjectItem item in device.Sources)
        {
            string path = project.Resolve(item.Include);
            if (Problem(path, onHost, listed.Add(path)) is { } problem)
            {
                yield return new Finding(project.Show(device.Path), item.Line, 0, Rule.SourceList, project.Show(path), problem);
            }
        }

        foreach (string path in onHost.Where(path => !listed.Contains(path)).Order(StringComparer.Ordinal))
        {
            yield return new Finding(project.Show(device.Path), 0, 0, Rule.SourceList, project.Show(path), $"{Path.GetFileName(host.Path)} compiles it, the device project does not list it");
        }
    }

    private static string? Problem(string path, HashSet<string> onHost, bool isFirst)
    {
        if (path.Contains('*'))
        {
            return "the device project names each file by itself";
        }

        if (!File.Exists(path))
        {
            return "listed, but there is no such file";
        }

        return !onHost.Contains(path) ? "listed, but the host project does not compile it" : isFirst ? null : "listed twice";
    }

    private static HashSet<string> HostSources(FirmwareProject project, HostProject host)
    {
        var sources = host.TakesWholeFolder ? project.Sources.ToHashSet() : [];
        sources.UnionWith(host.Included.SelectMany(item => Expand(project, item)));
        sources.ExceptWith(host.Removed.SelectMany(item => Expand(project, item)));
        return sources;
    }

    private static IEnumerable<string> Expand(FirmwareProject project, ProjectItem item)
    {
        string full = project.Resolve(item.Include);
        string pattern = full.Replace("**/", "*");
        return item.Include.Contains('*') ? project.Sources.Where(path => FileSystemName.MatchesSimpleExpression(pattern, path)) : [full];
    }
}
