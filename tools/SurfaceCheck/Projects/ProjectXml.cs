using System.Xml;
using System.Xml.Linq;

namespace GatewayAgent.SurfaceCheck.Projects;

/// <summary>An item of a project file, such as <c>Compile Include="…"</c>, with its line.</summary>
public sealed record ProjectItem(string Include, int Line, XElement Element);

/// <summary>Project files, old and new style: element names are compared without their namespace.</summary>
internal static class ProjectXml
{
    public static XDocument Load(string path) => XDocument.Load(path, LoadOptions.SetLineInfo);

    public static int Line(XElement element) => ((IXmlLineInfo)element).LineNumber;

    public static IReadOnlyList<ProjectItem> Items(XDocument project, string name, string attribute = "Include") =>
        project.Descendants().Where(element => element.Name.LocalName == name && element.Attribute(attribute) != null)
            .SelectMany(element => element.Attribute(attribute)!.Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(include => new ProjectItem(include, Line(element), element)))
            .ToList();

    public static string? Property(XDocument project, string name) =>
        project.Descendants().LastOrDefault(element => element.Name.LocalName == name)?.Value.Trim();

    public static string? Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim();
}
