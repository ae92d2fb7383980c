using GatewayAgent.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Support;
using GatewayAgent.VirtualDevice.Captures;
using GatewayAgent.VirtualDevice.Homes;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>The unchanged firmware with its own MQTT adapter, against a real broker.</summary>
public class BrokerRunTests
{
    private const decimal Start = 1_500_000_000;

    [BrokerFact]
    public void A_broker_killed_for_ten_virtual_minutes_gets_everything_once()
    {
        using var broker = MosquittoBroker.Start();
        using var collector = new AckingCollector(broker);
        using var run = new CaptureRun(CaptureReader.Open(new MemoryStream(Capture(30))), Options(broker));
        run.Simulation.Outage(300, 900, broker.Kill, () =>
        {
            broker.Restart();
            collector.Reconnect();
        });

        CaptureRunResult result = run.Run(CancellationToken.None);

        Assert.Equal((30u, 0, 0u), (result.Reports, result.Unacknowledged, result.Losses.Reports));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (uint)i), collector.Of("node").Sequences.Order());
    }

    [BrokerFact]
    public void A_broker_that_dies_unforeseen_is_waited_for()
    {
        using var broker = MosquittoBroker.Start();
        using var collector = new AckingCollector(broker);
        using var run = new CaptureRun(CaptureReader.Open(new MemoryStream(Capture(120))), Options(broker) with
        {
            Simulation = new SimulationOptions { IsBrokerReachable = () => Revive(broker, collector) },
        });
        run.Simulation.At(300, broker.Kill);

        CaptureRunResult result = run.Run(CancellationToken.None);

        Assert.Equal((120u, 0, 0u), (result.Reports, result.Unacknowledged, result.Losses.Reports));
        Assert.Equal(120, collector.Of("node").Sequences.Count);
    }

    [BrokerFact]
    public void Four_nodes_in_one_process_each_report_for_themselves()
    {
        using var broker = MosquittoBroker.Start();
        using var collector = new AckingCollector(broker);
        using var run = new HomeRun(HomeScripts.Demo(7), new HomeRunOptions
        {
            Settings = node => Settings(broker, node),
            Transport = settings => new MqttTransport(settings),
            BootId = node => (uint)node[0],
        });

        run.Run(600, CancellationToken.None);

        Assert.True(run.Finish(CancellationToken.None));
        Assert.All(run.Nodes, node =>
        {
            (List<uint> sequences, int repeated) = collector.Of(node.Name);
            Assert.Equal(Enumerable.Range(1, (int)node.Sequence).Select(i => (uint)i), sequences);
            Assert.Equal((10u, 0), (node.Sequence, repeated));
        });
    }

    // Somebody starts the broker again between two looks.
    private static bool Revive(MosquittoBroker broker, AckingCollector collector)
    {
        if (broker.IsRunning)
        {
            return TcpReachability.IsOpen(broker.Host, broker.Port);
        }

        broker.Restart();
        collector.Reconnect();
        return false;
    }

    private static CaptureRunOptions Options(MosquittoBroker broker) => new()
    {
        Settings = Settings(broker, "node"),
        Transport = settings => new MqttTransport(settings),
        BootId = CaptureRuns.BootId,
    };

    private static AgentSettings Settings(MosquittoBroker broker, string node) => new()
    {
        Home = "home",
        Node = node,
        BrokerHost = broker.Host,
        BrokerPort = broker.Port,
        BrokerTls = false,
        WindowSeconds = 60,
        FirstWindowSeconds = 60,
    };

    private static byte[] Capture(int minutes)
    {
        var capture = new PcapBytes();
        for (int minute = 0; minute < minutes; minute++)
        {
            capture.Packet(Start + (minute * 60) + 30, [.. RadiotapBytes.Usual(), .. FrameBytes.Beacon(minute, 6)]);
        }

        return capture.ToArray();
    }
}
