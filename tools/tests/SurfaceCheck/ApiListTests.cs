using GatewayAgent.SurfaceCheck.Api;
using GatewayAgent.SurfaceCheck.Projects;

namespace GatewayAgent.Tests.SurfaceCheck;

/// <summary>The lists are understood to the last line: where they were not, the check would be blind.</summary>
public class ApiListTests
{
    [SharedDataFact]
    public void Every_line_binds_but_those_that_name_an_assembly_without_a_list()
    {
        IEnumerable<string> problems = Sample.Api.StubProblems().Select(problem => problem.ToString());
        Assert.All(problems, problem => Assert.Contains("'Drawing' does not exist in the namespace 'System'", problem));
    }

    [SharedDataFact]
    public void The_pinned_packages_are_the_listed_ones()
    {
        // The exceptions: System.Net is listed as 1.11.54 where M2Mqtt asks for 1.11.60, and of Graphics.Core, which the light's binding asks
        // for, there is no list, because nothing of it is called.
        string[] exceptions = ["nanoFramework.System.Net", "nanoFramework.Graphics.Core"];
        var listed = Sample.Api.Packages.Where(package => PinnedPackages.All.ContainsKey(package.Id) && !exceptions.Contains(package.Id)).ToList();
        Assert.Equal(PinnedPackages.All.Count - exceptions.Length, listed.Select(package => package.Id).Distinct().Count());
        Assert.All(listed, package => Assert.Equal(PinnedPackages.All[package.Id].Version, package.Version));
        Assert.All(listed, package => Assert.Contains(package.Assembly, PinnedPackages.All[package.Id].Assemblies));
    }

    [Fact]
    public void A_folder_without_lists_is_no_api() => Assert.Null(DeviceApi.Load(Path.Combine(AppContext.BaseDirectory, "no-such-folder")));

    [Fact]
    public void A_file_that_is_no_list_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.txt", "System.Math :: static class System.Math");
        Assert.Throws<InvalidDataException>(() => DeviceApi.Load(folder.Path));
    }
}
