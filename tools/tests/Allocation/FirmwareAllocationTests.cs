using GatewayAgent.SurfaceCheck.Allocation;

namespace GatewayAgent.Tests.Allocation;

/// <summary>The agent's assembly as it is built for the host: what the roots reach allocates nothing.</summary>
public class FirmwareAllocationTests
{
    [Fact]
    public void Sampling_windows_and_encoding_allocate_nothing()
    {
        string agent = Path.Combine(AppContext.BaseDirectory, "GatewayAgent.dll");
        AllocationReport report = AllocationCheck.Run([agent], AllocationRoots.Firmware);
        Assert.True(report.Findings.Count == 0, string.Join('\n', report.Findings));
        Assert.True(report.Methods > 50, $"only {report.Methods} methods were walked");
    }
}
