using GatewayAgent.Control;
using GatewayAgent.VirtualDevice.Captures;
using GatewayAgent.VirtualDevice.Homes;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Gw.Survey;

/// <summary>The map of a node on this machine: its agent as it is, without a broker.</summary>
internal static class DesktopSurvey
{
    private const string HomeName = "survey";

    // A window whose channels do not fit in one report comes as several, one after another.
    private const int PartsSeconds = 5;

    /// <summary>Names of the simulated home's nodes.</summary>
    public static IReadOnlyList<string> DemoNodes { get; } = [.. HomeScripts.Demo(0).Nodes.Select(node => node.Name)];

    /// <summary>One node hears a capture to its end; the map adds up all of it.</summary>
    /// <exception cref="GwException">The capture cannot be used.</exception>
    public static void Hear(SurveyRequest request, Action<ChannelMap> show, CancellationToken stop)
    {
        using FileStream file = InputFile.Open(request.Capture!);
        try
        {
            var map = new ChannelMap(isSum: true);
            using CaptureReader reader = CaptureReader.Open(file);
            using var run = new CaptureRun(reader, new CaptureRunOptions
            {
                Settings = Settings("capture", Limits.WindowMaxSeconds),
                Transport = _ => new ReportEar(map.Add),
                BootId = BootIds.Next(),
            });
            CaptureRunResult heard = run.Run(stop);
            stop.ThrowIfCancellationRequested();
            if (heard.Warning != null)
            {
                Console.Error.WriteLine($"gw: {request.Capture}: {heard.Warning}");
            }

            show(map);
        }
        catch (CaptureException e)
        {
            throw GwException.Usage($"{request.Capture}: {e.Message}");
        }
    }

    /// <summary>A node of the simulated home, live at the request's speed.</summary>
    public static void Live(SurveyRequest request, Action<ChannelMap> show, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var map = new ChannelMap(isSum: false);
        HomeRun? home = null;
        HomeScript script = HomeScripts.Demo(request.Seed);
        using HomeRun run = home = new HomeRun(script, new HomeRunOptions
        {
            Settings = node => Settings(node, Limits.WindowMinSeconds, script.Nodes.First(other => other.Name == node).Role),
            Transport = settings => new ReportEar(reading =>
            {
                if (settings.Node == request.DemoNode)
                {
                    map.Add(reading);
                    show(map);
                    if (map.Windows >= request.Windows)
                    {
                        Simulation life = home!.Simulation;
                        life.At((life.Clock.UptimeMs / 1000.0) + PartsSeconds, enough.Cancel);
                    }
                }
            }),
            BootId = _ => BootIds.Next(),
            Pace = new Pace(request.Speed),
        });
        run.Run(null, enough.Token);
    }

    private static AgentSettings Settings(string node, int window, Role role = Role.MeshNode) =>
        new() { Home = HomeName, Node = node, Role = role, BrokerHost = "-", WindowSeconds = window, FirstWindowSeconds = window };
}
