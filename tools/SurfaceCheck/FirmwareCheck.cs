using GatewayAgent.SurfaceCheck.Allocation;
using GatewayAgent.SurfaceCheck.Api;
using GatewayAgent.SurfaceCheck.Projects;
using GatewayAgent.SurfaceCheck.Source;

namespace GatewayAgent.SurfaceCheck;

/// <summary>What the checks say about a repository.</summary>
/// <param name="Findings">In the order of the projects; empty = clean.</param>
/// <param name="Allocation">Null when it was not checked: a project does not compile.</param>
/// <param name="Projects">Firmware projects that were read.</param>
/// <param name="Sources">C# files that were compiled.</param>
public sealed record FirmwareResult(IReadOnlyList<Finding> Findings, AllocationReport? Allocation, int Projects, int Sources);

/// <summary>Runs every check over the firmware of a repository.</summary>
public sealed class FirmwareCheck
{
    private readonly DeviceApi _api;
    private readonly IReadOnlyList<FirmwareProject> _projects;
    private readonly Dictionary<string, SurfaceCompilation> _compiled = [];

    private FirmwareCheck(string repository, DeviceApi api)
    {
        _api = api;
        _projects = FirmwareProject.Find(repository);
    }

    /// <summary>Checks sources, project files and allocation.</summary>
    /// <param name="repository">Full path of the repository's root.</param>
    public static FirmwareResult Run(string repository, DeviceApi api, AllocationRoots roots) => new FirmwareCheck(repository, api).Run(roots);

    /// <summary>Checks the project files only, which needs no lists.</summary>
    public static IReadOnlyList<Finding> RunProjects(string repository) => [.. FirmwareProject.Find(repository).SelectMany(ProjectCheck.Run)];

    private FirmwareResult Run(AllocationRoots roots)
    {
        var findings = new List<Finding>();
        foreach (FirmwareProject project in _projects)
        {
            findings.AddRange(ProjectCheck.Run(project));
            findings.AddRange(SurfaceRules.Run(_api, Compile(project)));
        }

        AllocationReport? allocation = CheckAllocation(roots);
        findings.AddRange(allocation?.Findings ?? []);
        return new FirmwareResult(findings, allocation, _projects.Count, _projects.Sum(project => project.Sources.Count));
    }

    private AllocationReport? CheckAllocation(AllocationRoots roots)
    {
        // The tests run on the device, but not in steady state.
        var images = _projects.Where(project => project.Name != "device-tests").Select(project => Compile(project).Image).ToList();
        return images.Contains(null) ? null : AllocationCheck.Run(images.OfType<byte[]>(), _api, roots);
    }

    private SurfaceCompilation Compile(FirmwareProject project)
    {
        if (!_compiled.TryGetValue(project.Folder, out SurfaceCompilation? compilation))
        {
            compilation = SurfaceCompilation.Create(_api, project, Dependencies(project).Select(Compile));
            _compiled.Add(project.Folder, compilation);
        }

        return compilation;
    }

    private HashSet<FirmwareProject> Dependencies(FirmwareProject project)
    {
        var direct = (project.Device?.ProjectReferences ?? project.Host?.ProjectReferences ?? []).Select(item => Path.GetDirectoryName(project.Resolve(item.Include)));
        var found = _projects.Where(other => direct.Contains(other.Folder)).ToHashSet();
        foreach (FirmwareProject other in found.ToList())
        {
            found.UnionWith(Dependencies(other));
        }

        return found;
    }
}
