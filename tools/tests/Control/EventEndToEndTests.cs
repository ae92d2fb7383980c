using System.Text;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Mqtt;
using GatewayAgent.Collector.Store;
using GatewayAgent.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Device.Radio;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector;
using GatewayAgent.Tests.Firmware;
using GatewayAgent.Tests.Gw;
using GatewayAgent.Tests.Support;
using GatewayAgent.VirtualDevice.Running;
using Google.Protobuf;

namespace GatewayAgent.Tests.Control;

/// <summary>What a node notices, on its way through a real broker into the store: twelve days of it, of which the node needs seven to learn.</summary>
public sealed class EventEndToEndTests : IDisposable
{
    private const long StartTime = 1_790_000_000;
    private const int Day = 86_400, Hour = 3600, CarriedAway = 8 * Day, BroughtBack = 9 * Day, End = 12 * Day;
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(60);

    private readonly MosquittoBroker? _broker = BrokerRequirement.Missing == null ? MosquittoBroker.Start() : null;
    private readonly TemporaryStore _store = new();

    public void Dispose()
    {
        _broker?.Dispose();
        _store.Dispose();
    }

    [BrokerFact]
    public void A_node_that_is_carried_away_is_told_of_with_the_evidence_and_so_is_its_return()
    {
        using (Collect())
        {
            var clock = new VirtualClock(StartTime);
            using var node = new VirtualNode(Parts(clock));
            using var simulation = new Simulation(clock);
            simulation.Add(node);
            simulation.Run(End * 1000L, CancellationToken.None);
            Assert.True(simulation.Finish(CancellationToken.None));
        }

        using CollectorStore store = CollectorStore.Open(_store.Path);
        Event[] told = [.. store.Events().Select(told => told.Event)];
        Assert.Equal([(Metric.LinkRssi, false), (Metric.LinkRssi, true)], told.Select(e => (e.Metric, e.Recovered)));
        Event fell = told[0];
        Assert.InRange(fell.Baseline, -63, -60);
        Assert.InRange(fell.Now, -81, -76);
        Assert.InRange<long>(fell.SinceS, CarriedAway - Hour, CarriedAway + Hour);
        Assert.InRange<long>(fell.AtS, CarriedAway + (2 * Hour), CarriedAway + (18 * Hour));
        Assert.Contains(fell.Evidence, value => value < -75);
        Assert.InRange<long>(told[1].SinceS, BroughtBack - Hour, BroughtBack + (6 * Hour));
        Assert.Matches("^backhaul median fell from -6[0-3] to -(7[6-9]|80|81) dBm since 2026-09-29T1[2-4]:", EventText.Line(fell));

        GwResult decoded = GwProcess.RunWithInput(Encoding.ASCII.GetBytes(Convert.ToHexString(fell.ToByteArray())), "decode", "--event", "-");
        Assert.Equal(0, decoded.ExitCode);
        Assert.StartsWith(EventText.Line(fell), decoded.Out, StringComparison.Ordinal);
    }

    private VirtualNodeParts Parts(VirtualClock clock)
    {
        var radio = new FakeNativeRadio();
        return new VirtualNodeParts
        {
            Settings = new AgentSettings
            {
                Home = "home",
                Node = "bedroom",
                BrokerHost = _broker!.Host,
                BrokerPort = _broker.Port,
                BrokerTls = false,
                WindowSeconds = Hour,
                FirstWindowSeconds = Hour,
                SurveyPeriodMs = 0,
            },
            Clock = clock,
            Radio = () => InteropRadio.Probe(radio),
            Probe = new FakeProbe(),
            Transport = settings => new MqttTransport(settings),
            Air = new CarriedAbout(radio),
            BootId = 7,
            Seed = 1,
        };
    }

    private CollectorHost Collect()
    {
        using var connected = new ManualResetEventSlim();
        var source = new MqttReportSource(new MosquittoOptions { Host = _broker!.Host, Port = _broker.Port }, "test", log: e =>
        {
            if (e.Kind == CollectorEventKind.Connected)
            {
                connected.Set();
            }
        });
        CollectorHost collector = CollectorHost.Start(_store.Options, source);
        Assert.True(connected.Wait(_longEnough));
        return collector;
    }

    /// <summary>The backhaul wanders by a dB from hour to hour, and is 18 dB weaker for a day.</summary>
    private sealed class CarriedAbout(FakeNativeRadio radio) : IAir
    {
        private const int NearDbm = -61, FarDbm = -79;

        public long EndMs => long.MaxValue;

        public void AdvanceTo(long uptimeMs)
        {
            long second = uptimeMs / 1000;
            int dbm = second is >= CarriedAway and < BroughtBack ? FarDbm : NearDbm;
            int hour = (int)(second / Hour);
            radio.Link[1] = unchecked((byte)(sbyte)(dbm + (hour * 7 % 3) - 1));
        }
    }
}
