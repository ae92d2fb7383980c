using System.Xml.Linq;

namespace GatewayAgent.SurfaceCheck.Projects;

/// <summary>A line of packages.config.</summary>
public sealed record PackageEntry(string Id, string Version, string TargetFramework, int Line);

/// <summary>Reads packages.config.</summary>
internal static class PackagesConfig
{
    public static IReadOnlyList<PackageEntry> Read(string path) =>
        ProjectXml.Load(path).Descendants("package")
            .Select(element => new PackageEntry(Value(element, "id"), Value(element, "version"), Value(element, "targetFramework"), ProjectXml.Line(element)))
            .ToList();

    private static string Value(XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";
}
