using System.Xml.Linq;

namespace GatewayAgent.SurfaceCheck.Projects;

/// <summary>What a firmware folder's .csproj says: it compiles every file of the folder but what it removes, and what it includes from elsewhere.</summary>
public sealed class HostProject
{
    public HostProject(string path)
    {
        XDocument project = ProjectXml.Load(path);
        Path = path;
        AssemblyName = ProjectXml.Property(project, "AssemblyName");
        TakesWholeFolder = ProjectXml.Property(project, "EnableDefaultCompileItems") != "false";
        Included = ProjectXml.Items(project, "Compile");
        Removed = ProjectXml.Items(project, "Compile", "Remove");
        ProjectReferences = ProjectXml.Items(project, "ProjectReference");
    }

    public string Path { get; }

    public string? AssemblyName { get; }

    public bool TakesWholeFolder { get; }

    public IReadOnlyList<ProjectItem> Included { get; }

    public IReadOnlyList<ProjectItem> Removed { get; }

    public IReadOnlyList<ProjectItem> ProjectReferences { get; }
}
