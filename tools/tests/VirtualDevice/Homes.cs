using GatewayAgent.Control;
using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Homes;
using NodeRole = GatewayAgent.Control.Role;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>Runs homes into brokers in memory, one a node. All nodes are mesh nodes, unless they are to have the roles of the script.</summary>
internal sealed class Homes(HomeScript script, bool isStock = false, bool hasRoles = false)
{
    private const long Start = 1_600_000_000;

    private readonly Dictionary<string, AckingTransport> _transports = [];

    public IReadOnlyDictionary<string, AckingTransport> Transports => _transports;

    public void Run(int seconds)
    {
        using var run = new HomeRun(script, new HomeRunOptions
        {
            Settings = Settings,
            Transport = settings => _transports[settings.Node] = new AckingTransport(),
            BootId = node => (uint)(node[0] + 1),
            StartTime = Start,
            IsStock = isStock,
        });
        run.Run(seconds, CancellationToken.None);
        Assert.True(run.Finish(CancellationToken.None));
    }

    /// <summary>Reports of a node in the order of their windows; all must be sound.</summary>
    public IReadOnlyList<ReportReading> Reports(string node)
    {
        ReportReading[] reports = [.. _transports[node].Reports];
        Assert.All(reports, report => Assert.True(report.IsSound, report.Reason));
        return reports;
    }

    public IEnumerable<Report> Messages(string node) => Reports(node).Select(report => report.Message!);

    private AgentSettings Settings(string node) => new()
    {
        Home = "home",
        Node = node,
        Role = hasRoles ? script.Nodes.Single(other => other.Name == node).Role : NodeRole.MeshNode,
        BrokerHost = "127.0.0.1",
        BrokerPort = 1883,
        WindowSeconds = 60,
        FirstWindowSeconds = 60,
    };
}
