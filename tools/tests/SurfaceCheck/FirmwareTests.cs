using GatewayAgent.SurfaceCheck;
using GatewayAgent.SurfaceCheck.Allocation;

namespace GatewayAgent.Tests.SurfaceCheck;

/// <summary>The firmware as it stands in the repository.</summary>
public class FirmwareTests
{
    [Fact]
    public void Device_projects_and_host_projects_agree() => AssertNone(FirmwareCheck.RunProjects(SharedData.RepositoryRoot));

    [SharedDataFact]
    public void Every_member_is_on_the_device_no_construct_breaks_and_the_tick_allocates_nothing()
    {
        FirmwareResult result = FirmwareCheck.Run(SharedData.RepositoryRoot, Sample.Api, AllocationRoots.Firmware);
        AssertNone(result.Findings);
        Assert.NotNull(result.Allocation);
        Assert.True(result.Sources > 0);
    }

    private static void AssertNone(IReadOnlyList<Finding> findings) => Assert.True(findings.Count == 0, string.Join('\n', findings));
}
