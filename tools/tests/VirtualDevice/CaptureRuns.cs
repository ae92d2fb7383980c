using GatewayAgent.Control;
using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Captures;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>Runs captures into a broker in memory.</summary>
internal sealed class CaptureRuns(int windowSeconds = 60)
{
    public const uint BootId = 0x0BADCAFE;

    public AckingTransport Transport { get; } = new();

    public AgentSettings Settings { get; } = new()
    {
        Home = "home",
        Node = "node",
        BrokerHost = "127.0.0.1",
        BrokerPort = 1883,
        WindowSeconds = windowSeconds,
    };

    public CaptureRunResult Run(
        byte[] capture, Action<Simulation>? script = null, SimulationOptions? options = null, Pace? pace = null, CancellationToken cancel = default) =>
        Run(CaptureReader.Open(new MemoryStream(capture)), script, options, pace, cancel);

    public CaptureRunResult Run(
        CaptureReader reader, Action<Simulation>? script = null, SimulationOptions? options = null, Pace? pace = null, CancellationToken cancel = default)
    {
        using var run = new CaptureRun(reader, new CaptureRunOptions
        {
            Settings = Settings,
            Transport = _ => Transport,
            BootId = BootId,
            Pace = pace,
            Simulation = options ?? new SimulationOptions(),
        });
        script?.Invoke(run.Simulation);
        return run.Run(cancel);
    }

    /// <summary>The reports of a short capture; all must be sound.</summary>
    public static IReadOnlyList<ReportReading> Reports(PcapBytes capture, int windowSeconds = 60)
    {
        var runs = new CaptureRuns(windowSeconds);
        runs.Run(capture.ToArray());
        ReportReading[] reports = [.. runs.Transport.Reports];
        Assert.All(reports, report => Assert.True(report.IsSound, report.Reason));
        return reports;
    }

    /// <summary>The only report of a capture shorter than a window.</summary>
    public static ReportReading OnlyReport(PcapBytes capture) => Assert.Single(Reports(capture));
}
