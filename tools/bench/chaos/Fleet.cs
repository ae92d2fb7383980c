using GatewayAgent.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Ports;
using GatewayAgent.Reporting;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Bench.Chaos;

/// <summary>Nodes with the real agent, in this process, on a clock that runs fast: each closes a window of a virtual minute.</summary>
internal sealed class Fleet : IDisposable
{
    public const string Home = "chaos";

    private readonly List<VirtualNode> _nodes = [];
    private readonly Simulation _simulation;

    /// <param name="nodes">How many.</param>
    /// <param name="port">Of a broker on loopback that takes everybody.</param>
    /// <param name="speed">Virtual seconds a second.</param>
    /// <param name="folder">For the flash of the nodes.</param>
    public Fleet(int nodes, int port, double speed, int seed, string folder)
    {
        var clock = new VirtualClock(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), new Pace(speed));
        _simulation = new Simulation(clock, new SimulationOptions { DrainPatience = TimeSpan.FromMinutes(3) });
        for (int i = 0; i < nodes; i++)
        {
            VirtualNode node = new(Parts(clock, $"node-{i:000}", port, seed + i, folder));
            _nodes.Add(node);
            _simulation.Add(node);
        }
    }

    public IReadOnlyList<VirtualNode> Nodes => _nodes;

    /// <summary>Reports closed so far.</summary>
    public long Produced => _nodes.Sum(node => (long)node.Sequence);

    /// <summary>Reports that nodes still hold.</summary>
    public int Held => _nodes.Sum(node => node.Held);

    /// <summary>What nodes could not keep for want of room.</summary>
    public Losses Losses()
    {
        var sum = new Losses();
        foreach (VirtualNode node in _nodes)
        {
            var one = new Losses();
            node.Outbox.CopyLosses(one);
            (sum.Reports, sum.Unconfirmed) = (sum.Reports + one.Reports, sum.Unconfirmed + one.Unconfirmed);
        }

        return sum;
    }

    public void Live(CancellationToken until) => _simulation.Run(long.MaxValue, until);

    /// <summary>Waits until everything is acknowledged; false when that takes too long.</summary>
    public bool Finish() => _simulation.Finish(CancellationToken.None);

    public void Dispose()
    {
        foreach (VirtualNode node in _nodes)
        {
            node.Dispose();
        }

        _simulation.Dispose();
    }

    private static VirtualNodeParts Parts(VirtualClock clock, string name, int port, int seed, string folder) => new()
    {
        Settings = new AgentSettings
        {
            Home = Home,
            Node = name,
            BrokerHost = "127.0.0.1",
            BrokerPort = port,
            BrokerTls = false,
            WindowSeconds = Limits.WindowMinSeconds,
        },
        Clock = clock,
        Radio = () => new QuietRadio(seed),
        Probe = new NoProbe(),
        Transport = settings => new MqttTransport(settings),
        Air = new EndlessAir(),
        BootId = (uint)seed + 1,
        Seed = seed,
        Flash = Directory.CreateDirectory(Path.Combine(folder, name)).FullName + Path.DirectorySeparatorChar,
    };

    private sealed class NoProbe : ILatencyProbe
    {
        public bool IsAvailable => false;

        public int Measure() => -1;
    }

    private sealed class EndlessAir : IAir
    {
        public long EndMs => long.MaxValue;

        public void AdvanceTo(long uptimeMs)
        {
        }
    }
}
