using GatewayAgent.Control;
using GatewayAgent.Uplink;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>A node between fakes, and the hand that moves its clock.</summary>
public sealed class TestNode
{
    public const uint BootId = 0xC0FFEE01;
    public const string AckTopic = "gw/v1/h1/n1/ack";

    private long _uplinkAt;

    public TestNode(int windowSeconds, Assurance assurance)
        : this(windowSeconds, assurance, windowSeconds)
    {
    }

    public TestNode(int windowSeconds, Assurance assurance, int firstWindowSeconds)
    {
        Settings = new AgentSettings
        {
            Home = "h1",
            Node = "n1",
            BrokerHost = "broker",
            WindowSeconds = windowSeconds,
            FirstWindowSeconds = firstWindowSeconds,
            Assurance = assurance,
        };
        NodeParts parts = new NodeParts
        {
            Clock = Clock,
            Radio = Radio,
            Health = Health,
            Transport = Transport,
            Probe = Probe,
            Flash = Flash,
            BootId = BootId,
            Seed = 7,
        };
        Node = new Node(parts, Settings);
    }

    public AgentSettings Settings { get; }

    public FakeClock Clock { get; } = new FakeClock();

    public FakeRadio Radio { get; } = new FakeRadio();

    public FakeHealth Health { get; } = new FakeHealth();

    public FakeProbe Probe { get; } = new FakeProbe();

    public FakeFlash Flash { get; } = new FakeFlash();

    public FakeTransport Transport { get; } = new FakeTransport();

    public Node Node { get; }

    /// <summary>Lets time pass in whole seconds, with all steps.</summary>
    public void RunSeconds(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            Step();
        }
    }

    /// <summary>One second of sampling alone: the uplink's thread hangs.</summary>
    public void SampleSeconds(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            Node.SampleStep(Clock.UptimeMs);
            Clock.UptimeMs += 1000;
        }
    }

    private void Step()
    {
        Node.SampleStep(Clock.UptimeMs);
        Node.ProbeStep(Clock.UptimeMs);
        if (Clock.UptimeMs >= _uplinkAt)
        {
            _uplinkAt = Clock.UptimeMs + Node.UplinkStep(Clock.UptimeMs);
        }

        Clock.UptimeMs += 1000;
    }
}
