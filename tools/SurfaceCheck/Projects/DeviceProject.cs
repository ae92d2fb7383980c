using System.Xml.Linq;

namespace GatewayAgent.SurfaceCheck.Projects;

/// <summary>What a .nfproj says.</summary>
public sealed class DeviceProject
{
    public DeviceProject(string path)
    {
        XDocument project = ProjectXml.Load(path);
        Path = path;
        AssemblyName = ProjectXml.Property(project, "AssemblyName");
        LanguageVersion = ProjectXml.Property(project, "LangVersion");
        IsExecutable = ProjectXml.Property(project, "OutputType") == "Exe";
        IsChecked = ProjectXml.Property(project, "CheckForOverflowUnderflow") == "true";
        Sources = ProjectXml.Items(project, "Compile");
        References = ProjectXml.Items(project, "Reference");
        ProjectReferences = ProjectXml.Items(project, "ProjectReference");
    }

    public string Path { get; }

    public string? AssemblyName { get; }

    /// <summary>C# version; null = the project system's default, 9.0.</summary>
    public string? LanguageVersion { get; }

    public bool IsExecutable { get; }

    /// <summary>The whole project asks for checked arithmetic.</summary>
    public bool IsChecked { get; }

    public IReadOnlyList<ProjectItem> Sources { get; }

    public IReadOnlyList<ProjectItem> References { get; }

    public IReadOnlyList<ProjectItem> ProjectReferences { get; }
}
